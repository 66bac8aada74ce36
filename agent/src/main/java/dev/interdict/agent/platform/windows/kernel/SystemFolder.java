package dev.interdict.agent.platform.windows.kernel;

/// The folder of Windows, as Windows itself says, whatever an environment claims.
public final class SystemFolder {
  private static final int LONGEST = 260;

  private SystemFolder() {}

  /// Such as `C:\Windows`.
  public static String path() {
    var text = new char[LONGEST];
    var length = Kernel32.GetSystemWindowsDirectoryW(text, LONGEST);
    if (length <= 0 || length >= LONGEST) {
      throw new IllegalStateException("Windows does not name its own folder");
    }
    return new String(text, 0, length);
  }
}
