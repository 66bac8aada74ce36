package dev.interdict.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `strace -f -y -o FILE` wrote of a program and all that it started: each call with the role
/// of the agent that made it and whether it was root's.
final class Strace {
  /// What is traced: whatever runs something, changes something, opens something or speaks to
  /// somebody, and what tells who does it.
  static final String CALLS =
      "execve,execveat,clone,clone3,fork,vfork,setuid,setreuid,setresuid,connect,bind,sendto,"
          + "open,creat,openat,openat2,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,"
          + "chmod,fchmodat,chown,lchown,fchownat,truncate,link,linkat,symlink,symlinkat,utimensat,"
          + "setxattr,lsetxattr,removexattr,lremovexattr,mount";

  private static final Pattern LINE = Pattern.compile("(\\d+)\\s+([a-z0-9_]+)\\((.*)");
  private static final Pattern BORN =
      Pattern.compile("(\\d+)\\s+(?:<\\.\\.\\. )?(?:clone3?|v?fork)(?: resumed)?.*= (\\d+)$");
  private static final Pattern BECOMES = Pattern.compile("set(?:re|res)?uid\\((?:-1, )?(\\d+).*");
  private static final Pattern ROLE = Pattern.compile("\"(guard|scan|sync|notify)\"");

  private Strace() {}

  /// One call, as it was begun; whether it succeeded is not asked.
  ///
  /// @param role of the agent, or empty before it has one
  /// @param arguments as strace prints them
  record Call(String role, boolean root, String name, List<String> arguments) {}

  private record Self(String role, boolean root) {}

  static List<Call> read(Path file) throws IOException {
    return read(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
  }

  static List<Call> read(List<String> lines) {
    var parents = new HashMap<String, String>();
    for (var line : lines) {
      var born = BORN.matcher(line);
      if (born.matches()) {
        parents.put(born.group(2), born.group(1));
      }
    }
    var selves = new HashMap<String, Self>();
    var calls = new ArrayList<Call>();
    for (var line : lines) {
      var parts = LINE.matcher(line);
      if (!parts.matches()) {
        continue;
      }
      var id = parts.group(1);
      var self = self(id, parents, selves);
      var name = parts.group(2);
      if (name.startsWith("execve")) {
        var role = ROLE.matcher(line);
        self = role.find() ? new Self(role.group(1), self.root()) : self;
      }
      calls.add(new Call(self.role(), self.root(), name, arguments(parts.group(3))));
      var becomes = BECOMES.matcher(line.substring(parts.start(2)));
      if (becomes.matches() && !becomes.group(1).equals("0")) {
        self = new Self(self.role(), false);
      }
      selves.put(id, self);
    }
    return calls;
  }

  private static Self self(String id, Map<String, String> parents, Map<String, Self> selves) {
    var known = selves.get(id);
    if (known != null) {
      return known;
    }
    var parent = parents.get(id);
    return parent == null ? new Self("", true) : self(parent, parents, selves);
  }

  /// Splits at the commas between arguments, not at those within texts, lists or paths.
  static List<String> arguments(String text) {
    var arguments = new ArrayList<String>();
    var one = new StringBuilder();
    var depth = 0;
    var quoted = false;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (quoted && c == '\\' && i + 1 < text.length()) {
        one.append(c).append(text.charAt(++i));
        continue;
      }
      if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && "[{<".indexOf(c) >= 0) {
        depth++;
      } else if (!quoted && "]}>".indexOf(c) >= 0) {
        depth--;
      } else if (!quoted && depth == 0 && (c == ',' || c == ')')) {
        arguments.add(one.toString().strip());
        one.setLength(0);
        if (c == ')') {
          return arguments;
        }
        continue;
      }
      one.append(c);
    }
    arguments.add(one.toString().strip());
    return arguments;
  }

  /// The text of a quoted argument; null where it is none.
  static @Nullable String text(String argument) {
    return argument.length() >= 2 && argument.startsWith("\"") && argument.endsWith("\"")
        ? argument.substring(1, argument.length() - 1)
        : null;
  }

  /// The path behind a descriptor; null where strace told none.
  static @Nullable String path(String descriptor) {
    var open = descriptor.indexOf('<');
    return open >= 0 && descriptor.endsWith(">")
        ? descriptor.substring(open + 1, descriptor.length() - 1)
        : null;
  }
}
