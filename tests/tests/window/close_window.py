"""Asks the visible window of Meja to close, as a window manager does: WM_DELETE_WINDOW."""
import ctypes
import subprocess

X = ctypes.CDLL("libX11.so.6")
X.XOpenDisplay.restype = ctypes.c_void_p
X.XInternAtom.restype = ctypes.c_ulong
X.XInternAtom.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
X.XSendEvent.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_int, ctypes.c_long, ctypes.c_void_p]
X.XFlush.argtypes = X.XCloseDisplay.argtypes = [ctypes.c_void_p]


class ClientMessage(ctypes.Structure):
    """XClientMessageEvent, padded to an XEvent."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("pad", ctypes.c_long * 24),
    ]


found = subprocess.run(["xdotool", "search", "--onlyvisible", "--class", "meja"], capture_output=True, text=True, check=True)
display = X.XOpenDisplay(None)
for window in map(int, found.stdout.split()):
    event = ClientMessage(type=33, display=display, window=window, format=32)
    event.message_type = X.XInternAtom(display, b"WM_PROTOCOLS", 0)
    event.data[0] = X.XInternAtom(display, b"WM_DELETE_WINDOW", 0)
    X.XSendEvent(display, window, 0, 0, ctypes.byref(event))
X.XFlush(display)
X.XCloseDisplay(display)
