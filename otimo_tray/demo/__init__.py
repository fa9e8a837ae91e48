"""What makes the whole product run with nothing else installed: a Plugg.to simulator and an ERP."""
