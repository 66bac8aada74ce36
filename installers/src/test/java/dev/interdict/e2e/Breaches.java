package dev.interdict.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a traced agent must not do: run as root what others may write, reach below a home by a path
/// or through a link as root, speak to the network where it has no business there, load code out of
/// a folder for temporary files.
///
/// @param homes the folder of people's homes
/// @param state the guard's folder
record Breaches(Path homes, Path state) {
  /// Where the pairs of directory and name stand among a call's arguments.
  private static final Map<String, int[]> AT =
      Map.ofEntries(
          Map.entry("openat", new int[] {0}),
          Map.entry("openat2", new int[] {0}),
          Map.entry("renameat", new int[] {0, 2}),
          Map.entry("renameat2", new int[] {0, 2}),
          Map.entry("unlinkat", new int[] {0}),
          Map.entry("mkdirat", new int[] {0}),
          Map.entry("fchmodat", new int[] {0}),
          Map.entry("fchownat", new int[] {0}),
          Map.entry("utimensat", new int[] {0}),
          Map.entry("linkat", new int[] {0, 2}),
          Map.entry("symlinkat", new int[] {1}));

  /// Calls that take a path alone.
  private static final List<String> BY_PATH =
      List.of(
          "open",
          "creat",
          "rename",
          "unlink",
          "rmdir",
          "mkdir",
          "chmod",
          "chown",
          "lchown",
          "truncate",
          "link",
          "symlink",
          "setxattr",
          "lsetxattr",
          "removexattr",
          "lremovexattr");

  private static final List<String> SPEAKS = List.of("connect", "bind", "sendto");
  private static final List<String> NETWORKLESS = List.of("guard", "scan");

  /// Each with the call that shows it.
  List<String> in(List<Strace.Call> calls) throws IOException {
    var breaches = new ArrayList<String>();
    for (var call : calls) {
      if (call.root()) {
        executed(call, breaches);
        reached(call, breaches);
      }
      // The JDK makes sockets to learn what the system can do, and uses none of them.
      if (SPEAKS.contains(call.name())
          && NETWORKLESS.contains(call.role())
          && call.arguments().stream().anyMatch(argument -> argument.contains("AF_INET"))) {
        breaches.add("speaks to the network: " + call);
      }
      if (call.role().equals("sync") && touches(call, homes)) {
        breaches.add("the exchange looks into homes: " + call);
      }
      if (call.role().equals("sync") && !call.root() && touches(call, state)) {
        breaches.add("the exchange looks into the guard's folder: " + call);
      }
      if (call.name().startsWith("open")
          && call.arguments().stream()
              .anyMatch(argument -> argument.matches("\".*/jna\\d+\\.tmp\""))) {
        breaches.add("a library unpacked at run time: " + call);
      }
    }
    return breaches;
  }

  private static boolean touches(Strace.Call call, Path folder) {
    return call.name().startsWith("open")
        && call.arguments().stream()
            .anyMatch(
                argument -> argument.contains(folder + "/") || argument.contains(folder + ">"));
  }

  private static void executed(Strace.Call call, List<String> breaches) throws IOException {
    if (!call.name().equals("execve")) {
      return;
    }
    var program = Strace.text(call.arguments().getFirst());
    if (program == null || !program.startsWith("/")) {
      breaches.add("root executes by a relative name: " + call);
    } else if (Files.exists(Path.of(program)) && !onlyRoots(Path.of(program).toRealPath())) {
      breaches.add("root executes what others may write: " + call);
    }
  }

  private static boolean onlyRoots(Path program) throws IOException {
    for (var part = program; part != null; part = part.getParent()) {
      var facts = Files.readAttributes(part, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
      var sticky = facts.get("mode") instanceof Integer mode && (mode & 01000) != 0;
      if (!Integer.valueOf(0).equals(facts.get("uid"))
          || facts.get("mode") instanceof Integer mode && (mode & 0022) != 0 && !sticky) {
        return false;
      }
    }
    return true;
  }

  private void reached(Strace.Call call, List<String> breaches) {
    var arguments = call.arguments();
    for (var at : AT.getOrDefault(call.name(), new int[0])) {
      if (at + 1 < arguments.size()) {
        var name = Strace.text(arguments.get(at + 1));
        var base = Strace.path(arguments.get(at));
        if (name != null && base != null) {
          reached(call, base, name, breaches);
        }
      }
    }
    if (BY_PATH.contains(call.name())) {
      for (var argument : arguments) {
        var path = Strace.text(argument);
        if (path != null && below(Path.of("/").resolve(path))) {
          breaches.add("by a path below a home: " + call);
        }
      }
    }
  }

  private void reached(Strace.Call call, String base, String name, List<String> breaches) {
    var whole = Path.of(base).resolve(name).normalize();
    if (!below(whole) || name.isEmpty() || name.equals(".")) {
      return;
    }
    var plain = !name.contains("/") && !name.equals("..");
    var flags = String.join(" ", call.arguments());
    if (call.name().equals("openat2")) {
      if (!flags.contains("RESOLVE_BENEATH") || !flags.contains("RESOLVE_NO_SYMLINKS")) {
        breaches.add("opened below a home without bounds: " + call);
      }
    } else if (!plain) {
      breaches.add("by a path below a home: " + call);
    } else if (call.name().equals("openat")
        && !flags.contains("O_NOFOLLOW")
        && !flags.contains("O_EXCL")) {
      breaches.add("a link would be followed below a home: " + call);
    }
  }

  /// Strictly below somebody's home, where only its user decides what is there.
  private boolean below(Path path) {
    return path.startsWith(homes) && path.getNameCount() > homes.getNameCount() + 1;
  }
}
