"""The windows and the tray: the only package of the program that draws."""
