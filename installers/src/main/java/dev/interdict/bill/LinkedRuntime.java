package dev.interdict.bill;

import dev.interdict.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/// A Java that was linked out of the one that runs this.
///
/// @param vendor who made it
/// @param version the whole of it, such as 25.0.3+9-LTS
/// @param modules those in it, with blanks between
record LinkedRuntime(String vendor, String version, String modules) {
  /// The runtime in `folder`.
  ///
  /// @throws IOException if it is of another version than the Java that runs this, whose vendor and
  ///   build would then be said of it wrongly
  static LinkedRuntime in(Path folder) throws IOException {
    var release = new Properties();
    try (var reader = Files.newBufferedReader(folder.resolve("release"))) {
      release.load(reader);
    }
    var own = System.getProperty("java.version");
    if (!plain(release, "JAVA_VERSION").equals(own)) {
      throw new IOException(
          "%s holds Java %s, and this is Java %s: link it with the Java that runs this"
              .formatted(folder, plain(release, "JAVA_VERSION"), own));
    }
    return new LinkedRuntime(
        System.getProperty("java.vendor"),
        System.getProperty("java.runtime.version"),
        plain(release, "MODULES"));
  }

  private static String plain(Properties release, String name) {
    return release.getProperty(name, "").replace("\"", "");
  }

  /// What others call it by.
  String reference() {
    return "pkg:generic/openjdk@" + URLEncoder.encode(version, StandardCharsets.UTF_8);
  }

  Json.Obj component() {
    return Json.object()
        .put("type", "platform")
        .put("bom-ref", reference())
        .put("publisher", vendor)
        .put("name", "openjdk")
        .put("version", version)
        .put("description", "Java runtime, linked by jlink out of these modules: " + modules)
        .put(
            "licenses",
            List.of(
                Json.object()
                    .put("expression", "GPL-2.0-only WITH Classpath-exception-2.0")
                    .build()))
        .put("purl", reference())
        .build();
  }
}
