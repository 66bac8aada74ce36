package dev.interdict.agent.sources.python;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Part.Role;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/// What belongs to one distribution alone: its record, the folders and modules that only it lists,
/// the programs in them, its programs in `bin`, and links that start it from elsewhere. Where no
/// list says what it put down, or a package manager of the machine owns it, that is nothing.
///
/// @param launchers what stands in folders of programs elsewhere
record DistributionParts(
    Places places, Launchers launchers, Environment environment, Ownership ownership) {
  private static final int MOST_ROOTS = 256;
  private static final int MOST_PROGRAMS = 64;
  private static final int MOST_LOOKS = 256;

  /// A wrapper script is small; of a longer program the length has to do.
  private static final int MAX_HASHED = 64 << 10;

  List<Part> of(BytePath packages, Distribution distribution) throws UnreadableException {
    var parts = new ArrayList<Part>();
    if (environment.manages(distribution)) {
      return parts;
    }
    var files = distribution.files();
    if (files == null) {
      if (distribution.whole()) {
        parts.add(
            new Part(Role.MAIN, distribution.record(), distribution.id(), distribution.kind()));
      }
      return parts;
    }
    var roots = bounded(distribution, ownership.roots(distribution));
    roots = bounded(distribution, unmixed(packages, roots, files));
    // First, so that the same distribution is known again whoever finds it.
    parts.add(new Part(Role.MAIN, distribution.record(), distribution.id(), distribution.kind()));
    whole(distribution, parts);
    var own = new ArrayList<String>();
    for (var root : roots) {
      var path = packages.resolve(root);
      var fact = places.tree().stat(path);
      // A link that stands in for a folder leads to what somebody else keeps.
      if (fact != null && (fact.kind() == FileKind.DIRECTORY || fact.kind() == FileKind.REGULAR)) {
        parts.add(part(Role.MAIN, path, fact));
        own.add(root);
      }
    }
    bundled(packages, files, own, parts);
    for (var program : files.programs()) {
      if (ownership.owns(distribution, program)) {
        program(Environment.programs(packages).resolve(program.name()), program, parts);
      }
    }
    return parts;
  }

  private static List<String> bounded(Distribution distribution, List<String> roots)
      throws UnreadableException {
    if (roots.size() > MOST_ROOTS) {
      throw Metadata.malformed(
          distribution.record(), "lists more than " + MOST_ROOTS + " modules of its own");
    }
    return roots;
  }

  /// In a folder that `pip install --target` filled, a folder of the project's own may have one of
  /// the names: pip leaves it as it is and lists what it would have put there. Of such a one no
  /// more is taken than what is listed.
  private List<String> unmixed(BytePath packages, List<String> roots, InstalledFiles files)
      throws UnreadableException {
    if (packages.nameText().endsWith("-packages")) {
      return roots;
    }
    var listed = files.inside(roots);
    var unmixed = new ArrayList<String>();
    for (var root : roots) {
      var names = listed.getOrDefault(root, Set.of());
      if (holdsMore(packages.resolve(root), names)) {
        names.forEach(name -> unmixed.add(root + "/" + name));
      } else {
        unmixed.add(root);
      }
    }
    return unmixed;
  }

  private boolean holdsMore(BytePath folder, Set<String> names) throws UnreadableException {
    var fact = places.tree().stat(folder);
    if (fact == null || fact.kind() != FileKind.DIRECTORY) {
      return false;
    }
    for (var entry : places.tree().list(folder)) {
      var name = folder.resolve(entry.name()).nameText();
      if (!name.equals("__pycache__") && !names.contains(name)) {
        return true;
      }
    }
    return false;
  }

  /// The whole environment, where a tool made it for this distribution alone.
  private void whole(Distribution distribution, List<Part> parts) throws UnreadableException {
    if (distribution.named(environment.only())) {
      var fact = places.tree().stat(environment.folder());
      if (fact != null && fact.kind() == FileKind.DIRECTORY) {
        parts.add(part(Role.MAIN, environment.folder(), fact));
        parts.addAll(launchers.into(environment.folder()));
      }
    }
  }

  /// Programs among the modules: told by a name without the ending of a module or of data, and by
  /// the execute bit where the system has one.
  private void bundled(
      BytePath packages, InstalledFiles files, List<String> roots, List<Part> parts)
      throws UnreadableException {
    var candidates =
        files.paths().stream()
            .filter(DistributionParts::mayBeProgram)
            .limit(MOST_LOOKS)
            .filter(path ->
                roots.stream().anyMatch(root -> path.equals(root) || path.startsWith(root + "/")))
            .toList();
    var found = 0;
    for (var path : candidates) {
      var file = packages.resolve(path);
      var fact = places.tree().stat(file);
      if (fact != null
          && fact.kind() == FileKind.REGULAR
          && (fact.executable() || path.endsWith(".exe"))
          && found++ < MOST_PROGRAMS) {
        parts.add(part(Role.EXECUTABLE, file, fact));
      }
    }
  }

  private static boolean mayBeProgram(String path) {
    return path.indexOf('.', path.lastIndexOf('/') + 1) < 0 || path.endsWith(".exe");
  }

  /// A program in `bin`, if it still is what was installed: a user's own program can have taken the
  /// name since. It is run by the file itself, so a process is known by it.
  private void program(BytePath file, InstalledFiles.Program program, List<Part> parts)
      throws UnreadableException {
    var fact = places.tree().stat(file);
    if (fact != null && fact.kind() == FileKind.REGULAR && unchanged(file, fact, program)) {
      parts.add(part(Role.EXECUTABLE, file, fact));
      for (var launcher : launchers.into(file)) {
        if (!parts.contains(launcher)) {
          parts.add(launcher);
        }
      }
    }
  }

  private boolean unchanged(BytePath file, FileFact fact, InstalledFiles.Program program)
      throws UnreadableException {
    if (fact.size() != program.length() || fact.size() > MAX_HASHED) {
      return fact.size() == program.length();
    }
    var content = places.tree().read(file, MAX_HASHED);
    return content != null
        && Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(sha256(content))
            .equals(program.sha256());
  }

  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static Part part(Role role, BytePath path, FileFact fact) {
    return new Part(role, path, fact.id(), fact.kind());
  }
}
