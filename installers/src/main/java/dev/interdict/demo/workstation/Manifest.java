package dev.interdict.demo.workstation;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Every file and link below a folder, with mode and content, so that two moments can be compared.
/// Folders count by what is in them.
///
/// @param entries by path relative to the folder; mode and SHA-256, or a link's target
public record Manifest(SortedMap<String, String> entries) {
  public Manifest {
    entries = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(entries));
  }

  /// What is below `root` now, without what lies at or below one of `without`.
  public static Manifest of(Path root, List<Path> without) throws IOException {
    var entries = new TreeMap<String, String>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return without.contains(dir) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (!without.contains(file)) {
              entries.put(root.relativize(file).toString(), state(file, attributes));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return new Manifest(entries);
  }

  private static String state(Path file, BasicFileAttributes attributes) throws IOException {
    if (attributes.isSymbolicLink()) {
      return "-> " + Files.readSymbolicLink(file);
    }
    if (!attributes.isRegularFile()) {
      return "special";
    }
    var mode = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
    return PosixFilePermissions.toString(mode) + " " + sha256(Files.readAllBytes(file));
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /// How many files and links there are.
  public int size() {
    return entries.size();
  }

  /// What `later` has lost, gained or changed, one line each; empty if nothing.
  public List<String> differences(Manifest later) {
    var lines = new ArrayList<String>();
    entries.forEach((path, state) -> {
      var now = later.entries().get(path);
      if (now == null) {
        lines.add("gone: " + path);
      } else if (!now.equals(state)) {
        lines.add("changed: " + path);
      }
    });
    for (var path : later.entries().keySet()) {
      if (!entries.containsKey(path)) {
        lines.add("new: " + path);
      }
    }
    return lines;
  }
}
