"""The Windows program, built on Debian: `python3 installer/dev.py windows` and `windows-test`. Standard library only,
but for the icon's maker, which runs in the checkout's environment."""
