"""The use cases: stock and price, orders, invoices, tracking, and what times them. No Qt, no SQL, no HTTP."""
