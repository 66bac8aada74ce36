package dev.interdict.server.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// The console's own files, served under names that carry a hash of their content, so that a
/// browser may keep them for ever. Immutable, thread-safe.
public final class Assets {
  /// Where they are served.
  public static final String PREFIX = "/assets/";

  private static final Map<String, String> TYPES =
      Map.of(
          "console.css", "text/css; charset=utf-8",
          "console.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");

  private final Map<String, String> paths = new HashMap<>();
  private final Map<String, Asset> byPath = new HashMap<>();

  /// One file.
  record Asset(String type, byte[] content) {}

  /// Reads them all from the server's own archive.
  public Assets() {
    TYPES.forEach((name, type) -> {
      var content = read(name);
      var dot = name.lastIndexOf('.');
      var path = PREFIX + name.substring(0, dot) + "-" + hash(content) + name.substring(dot);
      paths.put(name, path);
      byPath.put(path, new Asset(type, content));
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

  private static String hash(byte[] content) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
