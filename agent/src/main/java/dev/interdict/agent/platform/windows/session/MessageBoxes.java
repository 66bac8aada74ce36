package dev.interdict.agent.platform.windows.session;

import com.sun.jna.Native;
import com.sun.jna.WString;
import com.sun.jna.platform.win32.WinNT.HANDLE;
import com.sun.jna.platform.win32.Wtsapi32;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import com.sun.jna.win32.StdCallLibrary;
import com.sun.jna.win32.W32APIOptions;

/// Message boxes of Windows' own in the sessions of an account (WTSSendMessage). Not run on Windows
/// so far.
final class MessageBoxes implements WindowsNotifier.Boxes {
  private static final int ICON_INFORMATION = 0x40;
  private static final int SECONDS = 120;

  /// WTSUserName of the enumeration WTS_INFO_CLASS.
  private static final int USER_NAME = 5;

  /// What the library at hand lacks of `wtsapi32.dll`.
  interface Sending extends StdCallLibrary {
    boolean WTSSendMessage(
        HANDLE server,
        int session,
        WString title,
        int titleBytes,
        WString message,
        int messageBytes,
        int style,
        int seconds,
        IntByReference answer,
        boolean wait);
  }

  @Override
  public boolean show(String user, String title, String text) {
    var api = Wtsapi32.INSTANCE;
    var sending = Native.load("wtsapi32", Sending.class, W32APIOptions.UNICODE_OPTIONS);
    var first = new PointerByReference();
    var count = new IntByReference();
    if (!api.WTSEnumerateSessions(Wtsapi32.WTS_CURRENT_SERVER_HANDLE, 0, 1, first, count)) {
      return false;
    }
    try {
      var shown = false;
      var pointer = first.getValue();
      var struct = new Wtsapi32.WTS_SESSION_INFO(pointer);
      for (var i = 0; i < count.getValue(); i++) {
        var session =
            new Wtsapi32.WTS_SESSION_INFO(pointer.share((long) i * struct.size())).SessionId;
        shown |= user.equalsIgnoreCase(userOf(api, session)) && send(sending, session, title, text);
      }
      return shown;
    } finally {
      api.WTSFreeMemory(first.getValue());
    }
  }

  private static String userOf(Wtsapi32 api, int session) {
    var name = new PointerByReference();
    var bytes = new IntByReference();
    if (!api.WTSQuerySessionInformation(
        Wtsapi32.WTS_CURRENT_SERVER_HANDLE, session, USER_NAME, name, bytes)) {
      return "";
    }
    try {
      return name.getValue().getWideString(0);
    } finally {
      api.WTSFreeMemory(name.getValue());
    }
  }

  private static boolean send(Sending sending, int session, String title, String text) {
    return sending.WTSSendMessage(
        Wtsapi32.WTS_CURRENT_SERVER_HANDLE,
        session,
        new WString(title),
        title.length() * 2,
        new WString(text),
        text.length() * 2,
        ICON_INFORMATION,
        SECONDS,
        new IntByReference(),
        false);
  }
}
