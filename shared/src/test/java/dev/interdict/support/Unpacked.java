package dev.interdict.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipFile;

/// What is in a support bundle.
public final class Unpacked {
  private Unpacked() {}

  /// The texts of its files, by their names.
  public static SortedMap<String, String> of(Path bundle) throws IOException {
    var all = new TreeMap<String, String>();
    try (var zip = new ZipFile(bundle.toFile())) {
      for (var entry : Collections.list(zip.entries())) {
        all.put(
            entry.getName(),
            new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return all;
  }
}
