package dev.interdict.server.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// The console's own files, served under names that carry a hash of their content, so that a
/// browser may keep them for ever, and packed for browsers that unpack. Immutable, thread-safe.
///
/// `htmx.js` is `dist/htmx.min.js` of the package htmx.org 2.0.11, unchanged; its licence lies
/// beside it.
public final class Assets {
  /// Where they are served.
  public static final String PREFIX = "/assets/";

  private static final String SCRIPT = "text/javascript; charset=utf-8";

  private static final Map<String, String> TYPES =
      Map.of(
          "console.css", "text/css; charset=utf-8",
          "console.js", SCRIPT,
          "htmx.js", SCRIPT,
          "keys.js", SCRIPT,
          "lists.js", SCRIPT,
          "charts.js", SCRIPT,
          "icon.svg", "image/svg+xml");

  private final Map<String, String> paths = new HashMap<>();
  private final Map<String, Asset> byPath = new HashMap<>();

  /// One file.
  ///
  /// @param packed the same by gzip
  record Asset(String type, byte[] content, byte[] packed) {}

  /// Reads them all from the server's own archive.
  public Assets() {
    TYPES.forEach((name, type) -> {
      var content = read(name);
      var dot = name.lastIndexOf('.');
      var path = PREFIX + name.substring(0, dot) + "-" + hash(content) + name.substring(dot);
      paths.put(name, path);
      byPath.put(path, new Asset(type, content, packed(content)));
    });
  }

  /// The address of the file `name`.
  public String href(String name) {
    var path = paths.get(name);
    if (path == null) {
      throw new IllegalArgumentException("no asset named " + name);
    }
    return path;
  }

  /// The file served at `path`.
  Optional<Asset> at(String path) {
    return Optional.ofNullable(byPath.get(path));
  }

  private static byte[] read(String name) {
    try (var in = Assets.class.getResourceAsStream("assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the server's own files");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }

  private static byte[] packed(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static String hash(byte[] content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
