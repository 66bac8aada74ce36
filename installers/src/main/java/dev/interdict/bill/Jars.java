package dev.interdict.bill;

import dev.interdict.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/// The jars of a package.
///
/// @param names the name of each by its content's SHA-256
record Jars(Map<String, String> names) {
  static Jars in(Path folder) throws IOException {
    var names = new TreeMap<String, String>();
    try (var files = Files.newDirectoryStream(folder, "*.jar")) {
      for (var file : files) {
        names.put(hash(Files.readAllBytes(file)), file.getFileName().toString());
      }
    }
    return new Jars(names);
  }

  /// Makes sure that a bill names all of these and nothing else.
  ///
  /// @param own the module itself, of which a bill says no content
  void mustBe(Json.Obj own, Collection<Json> components) throws MismatchException {
    var left = new TreeMap<>(names);
    left.values().remove(jar(own));
    for (var each : components) {
      var component = (Json.Obj) each;
      if (left.remove(content(component)) == null) {
        throw new MismatchException("no jar has the content of " + jar(component));
      }
    }
    if (!left.isEmpty()) {
      throw new MismatchException("it says nothing of " + String.join(", ", left.values()));
    }
  }

  private static String jar(Json.Obj component) {
    return BillOfMaterials.text(component, "name")
        + "-"
        + BillOfMaterials.text(component, "version")
        + ".jar";
  }

  private static String content(Json.Obj component) {
    return BillOfMaterials.array(component, "hashes").stream()
        .map(Json.Obj.class::cast)
        .filter(each -> BillOfMaterials.text(each, "alg").equals("SHA-256"))
        .map(each -> BillOfMaterials.text(each, "content"))
        .findFirst()
        .orElse("");
  }

  private static String hash(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
