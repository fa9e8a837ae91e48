"""A simulated shop in virtual time: what three ways of announcing stock oversell, and which sales they lose.

The truth
    Of an ERP code: *sellable* = balance - units sold online that the ERP hasn't booked out yet. Of a SKU: how many
    whole SKUs its scarcest component's sellable units make, never below zero. A sale is a promise from the buyer's
    click on, paid or not, until the ERP books it out (invoice) or it is cancelled.

Oversold, lost
    A buyer asks for `n` units. The hub sells when the number it shows is at least `n`. *Oversold* are the units of that
    sale beyond the truth of that moment; and what a customer at the counter takes off the shelf although it was sold
    online since the last poll. *Lost* are the `n` units of a buyer who was refused although the truth was at least `n`.
    Whoever is refused because the shop really has too little counts in neither figure.

The bound
    Between two polls no poller learns or changes anything. At a poll it may at best know everything that has happened
    so far: the bound reads the truth itself, from the event log, and announces exactly that. Any number above it
    promises units that are known to be gone and can only add oversold ones; any number below it refuses buyers whom the
    shop is known to be able to serve and can only add lost ones. So at safety stock zero this one strategy is the bound
    in both figures at once, and whoever announces the same number at each poll has the same history to the last event.
    (Safety stock isn't beaten by it: it buys fewer oversold units and pays with lost sales; see the table.)

A balance may come from a file that is some minutes old at the poll. Then what can be known is: that balance, less the
bookings since, which are read by themselves, less the promises; the bound announces that.

No event shares its instant with a poll: whether a balance read in the instant of a booking shows it can't be told.
"""
