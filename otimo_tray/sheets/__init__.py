"""Sheets that people fill in: the De/Para and tracking codes, in and out, as XLSX or CSV."""
