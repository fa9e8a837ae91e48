"""The person's own part of the Windows registry (HKCU), value by value."""

from __future__ import annotations

import sys


class UserRegistry:
    """Implements `autostart.Registry`. Raises OSError when the registry refuses."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """Text or binary data of a value; None when key or value isn't there."""
        if sys.platform != "win32":
            raise OSError("no registry on this system")
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
                value, _ = winreg.QueryValueEx(opened, name)
        except FileNotFoundError:
            return None
        return value if isinstance(value, str | bytes) else str(value)

    def write(self, key: str, name: str, value: str) -> None:
        """Writes a text value; makes the key when it isn't there."""
        if sys.platform != "win32":
            raise OSError("no registry on this system")
        import winreg

        with winreg.CreateKeyEx(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)

    def delete(self, key: str, name: str) -> None:
        """Removes a value; one that isn't there is no error."""
        if sys.platform != "win32":
            raise OSError("no registry on this system")
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, 0, winreg.KEY_SET_VALUE) as opened:
                winreg.DeleteValue(opened, name)
        except FileNotFoundError:
            return
