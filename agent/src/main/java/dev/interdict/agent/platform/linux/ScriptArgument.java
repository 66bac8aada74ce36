package dev.interdict.agent.platform.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the script among an interpreter's arguments: the first that is no option. Other programs
/// have none: an editor that shows a script does not run it.
///
/// A process can rewrite its own arguments, which can only bring itself to be taken for the script.
final class ScriptArgument {
  private static final Pattern INTERPRETER =
      Pattern.compile("(node|nodejs|bun|deno|python[0-9.]*|ruby|perl|sh|bash|dash|zsh)");

  /// Options whose value is the next argument.
  private static final Set<String> WITH_VALUE =
      Set.of("-r", "--require", "--import", "--loader", "--experimental-loader", "-W", "-X", "-I");

  /// Options that carry the program themselves, so that there is no script.
  private static final Set<String> INLINE = Set.of("-c", "-e", "-p", "-m", "--eval", "--print");

  private ScriptArgument() {}

  /// @param cmdline arguments, each ended by NUL
  static byte @Nullable [] of(byte[] cmdline) {
    var arguments = split(cmdline);
    if (arguments.isEmpty() || !interpreter(arguments.getFirst())) {
      return null;
    }
    for (var i = 1; i < arguments.size(); i++) {
      var option = new String(arguments.get(i), StandardCharsets.ISO_8859_1);
      if (INLINE.contains(option)) {
        return null;
      }
      if (WITH_VALUE.contains(option)) {
        i++;
      } else if (!option.isEmpty() && !option.startsWith("-")) {
        return arguments.get(i);
      }
    }
    return null;
  }

  private static boolean interpreter(byte[] program) {
    var text = new String(program, StandardCharsets.ISO_8859_1);
    var name = text.substring(text.lastIndexOf('/') + 1);
    return INTERPRETER.matcher(name.startsWith("-") ? name.substring(1) : name).matches();
  }

  private static List<byte[]> split(byte[] cmdline) {
    var arguments = new ArrayList<byte[]>();
    var start = 0;
    for (var i = 0; i < cmdline.length; i++) {
      if (cmdline[i] == 0) {
        arguments.add(Arrays.copyOfRange(cmdline, start, i));
        start = i + 1;
      }
    }
    return arguments;
  }
}
