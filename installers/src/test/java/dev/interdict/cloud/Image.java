package dev.interdict.cloud;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/// An image's archive, unpacked by what its specification says and nothing of ours: index,
/// manifest, config, layers, each held against its digest.
///
/// @param root the file system that its layers make
/// @param config what it is run with
record Image(Path root, Json.Obj config) {
  static Image unpack(Path archive, Path folder) throws IOException, InterruptedException {
    var layout = Files.createDirectory(folder.resolve("layout"));
    var root = Files.createDirectory(folder.resolve("root"));
    Run.ok("tar", "-xf", archive.toString(), "-C", layout.toString());
    var index = json(layout.resolve("index.json"));
    var manifest = json(blob(layout, objects(index, "manifests").getFirst()));
    var settings = json(blob(layout, object(manifest, "config")));
    var rootfs = object(settings, "rootfs");
    var plain = texts(rootfs, "diff_ids");
    var layers = objects(manifest, "layers");
    if (layers.size() != plain.size()) {
      throw new IOException(layers.size() + " layers, " + plain.size() + " digests of them");
    }
    for (var i = 0; i < layers.size(); i++) {
      var layer = blob(layout, layers.get(i));
      try (var in = new GZIPInputStream(Files.newInputStream(layer))) {
        require(plain.get(i), digest(in));
      }
      Run.ok("tar", "-xzpf", layer.toString(), "-C", root.toString(), "--numeric-owner");
    }
    return new Image(root, object(settings, "config"));
  }

  /// What is started where nobody says more.
  List<String> command() {
    return command(texts(config, "Cmd").toArray(String[]::new));
  }

  /// What is started, with these words.
  List<String> command(String... words) {
    var all = new ArrayList<>(texts(config, "Entrypoint"));
    all.addAll(List.of(words));
    return all;
  }

  private static Json member(Json.Obj of, String name) {
    return Objects.requireNonNull(of.members().get(name), name);
  }

  static Json.Obj object(Json.Obj of, String name) {
    return (Json.Obj) member(of, name);
  }

  static String text(Json.Obj of, String name) {
    return ((Json.Text) member(of, name)).value();
  }

  static List<String> texts(Json.Obj of, String name) {
    return ((Json.Arr) member(of, name))
        .items().stream().map(each -> ((Json.Text) each).value()).toList();
  }

  private static List<Json.Obj> objects(Json.Obj of, String name) {
    return ((Json.Arr) member(of, name)).items().stream().map(each -> (Json.Obj) each).toList();
  }

  private static Path blob(Path layout, Json.Obj descriptor) throws IOException {
    var digest = text(descriptor, "digest");
    var blob = layout.resolve("blobs").resolve(digest.replace(':', '/'));
    try (var in = Files.newInputStream(blob)) {
      require(digest, digest(in));
    }
    return blob;
  }

  private static void require(String wanted, String found) throws IOException {
    if (!wanted.equals(found)) {
      throw new IOException("digest " + wanted + " is named, and it is " + found);
    }
  }

  private static String digest(InputStream in) throws IOException {
    try (var digesting = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
      digesting.transferTo(OutputStream.nullOutputStream());
      return "sha256:" + HexFormat.of().formatHex(digesting.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static Json.Obj json(Path file) throws IOException {
    try {
      return (Json.Obj)
          JsonReader.read(Files.readString(file).getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
    } catch (JsonException e) {
      throw new IOException(file + " is no JSON", e);
    }
  }
}
