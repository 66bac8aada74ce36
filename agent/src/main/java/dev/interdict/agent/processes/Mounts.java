package dev.interdict.agent.processes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The mounts that may never answer: those served by a user's program or over a network. Looking at
/// one file there may hang for ever, and with it the whole list of processes.
///
/// @param silent their mount points
record Mounts(List<Path> silent) {
  private static final int MAX_HOPS = 16;
  private static final Set<String> KINDS =
      Set.of(
          "nfs",
          "nfs4",
          "cifs",
          "smb3",
          "smbfs",
          "ncpfs",
          "afs",
          "9p",
          "virtiofs",
          "ceph",
          "glusterfs",
          "lustre",
          "autofs",
          "fuseblk",
          "fusectl");

  static Mounts read(Path mountinfo) throws IOException {
    return parse(Files.readString(mountinfo, StandardCharsets.ISO_8859_1));
  }

  /// Reads proc_pid_mountinfo(5): the mount point is field 5, the kind follows ` - `. Whoever
  /// mounts chooses the name, which need not be text.
  ///
  /// @param mountinfo one character for each byte
  static Mounts parse(String mountinfo) {
    var silent = new ArrayList<Path>();
    for (var line : mountinfo.split("\n")) {
      var fields = line.split(" ");
      var dash = List.of(fields).indexOf("-");
      if (fields.length > 5 && dash > 0 && dash + 1 < fields.length) {
        var kind = fields[dash + 1];
        var point = NioPaths.ofBytes(unescaped(fields[4]));
        if ((KINDS.contains(kind) || kind.startsWith("fuse"))
            && point != null
            && point.getNameCount() > 0) {
          silent.add(point);
        }
      }
    }
    return new Mounts(List.copyOf(silent));
  }

  private static String unescaped(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }

  /// Whether files at that path can be looked at.
  boolean answers(Path path) {
    return silent.stream().noneMatch(path::startsWith);
  }

  /// The file that an absolute path means, all links resolved by reading them; null where there is
  /// none, or none that can be looked at.
  @Nullable Path real(Path path) throws IOException {
    var root = Path.of("/");
    var pending = new ArrayDeque<Path>();
    path.forEach(pending::add);
    var at = root;
    var hops = 0;
    while (!pending.isEmpty()) {
      var next = step(at, pending.removeFirst());
      if (!answers(next)) {
        return null;
      }
      if (!Files.isSymbolicLink(next)) {
        at = next;
        continue;
      }
      if (++hops > MAX_HOPS) {
        return null;
      }
      var target = Files.readSymbolicLink(next);
      at = target.isAbsolute() ? root : at;
      var names = new ArrayList<Path>();
      target.forEach(names::add);
      names.reversed().forEach(pending::addFirst);
    }
    return at;
  }

  private static Path step(Path at, Path name) {
    return switch (name.toString()) {
      case "", "." -> at;
      case ".." -> {
        var above = at.getParent();
        yield above == null ? at : above;
      }
      default -> at.resolve(name);
    };
  }
}
