"""The use cases: stock and price, orders, invoices, tracking, and the runner that times them. No Qt, no SQL, no HTTP."""
