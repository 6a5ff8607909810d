"""The window around the pages: main window, menus, page list, status line, banner, screenshots."""
