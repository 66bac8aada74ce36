package dev.interdict.agent.platform.windows;

import com.sun.jna.platform.win32.Advapi32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinReg.HKEY;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.windows.RegistryKey;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A key that Windows itself is asked about, each time anew.
///
/// @param path below the root, names with backslashes between them
record LiveKey(HKEY root, String path) implements RegistryKey {
  private static final int LONGEST = 32 << 10;

  private interface Question<T> {
    T ask();
  }

  private <T> T answer(Question<T> question) throws UnreadableException {
    try {
      return question.ask();
    } catch (Win32Exception e) {
      throw new UnreadableException(
          Reason.DENIED, BytePath.ROOT, "the registry answers with error " + e.getErrorCode());
    }
  }

  boolean exists() throws UnreadableException {
    return answer(() -> Advapi32Util.registryKeyExists(root, path));
  }

  @Override
  public String name() {
    return path.substring(path.lastIndexOf('\\') + 1);
  }

  @Override
  public @Nullable RegistryKey child(String name) throws UnreadableException {
    var child = new LiveKey(root, path + "\\" + name);
    return child.exists() ? child : null;
  }

  @Override
  public List<RegistryKey> children() throws UnreadableException {
    var names = answer(() -> Advapi32Util.registryGetKeys(root, path));
    return Arrays.stream(names)
        .<RegistryKey>map(name -> new LiveKey(root, path + "\\" + name))
        .toList();
  }

  @Override
  public @Nullable String text(String value) throws UnreadableException {
    var text = value(value) instanceof String found ? found : null;
    if (text != null && text.length() > LONGEST / 2) {
      throw new UnreadableException(
          Reason.TOO_LARGE, BytePath.ROOT, "a value is longer than " + LONGEST + " bytes");
    }
    return text;
  }

  @Override
  public @Nullable Integer number(String value) throws UnreadableException {
    return value(value) instanceof Integer number ? number : null;
  }

  private @Nullable Object value(String value) throws UnreadableException {
    var there = answer(() -> Advapi32Util.registryValueExists(root, path, value));
    return there ? answer(() -> Advapi32Util.registryGetValue(root, path, value)) : null;
  }
}
