package dev.interdict.server.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A ZIP under construction, with the SHA-256 of all that is in it. Its entries bear no time of
/// their own, so that the same content is the same bytes. Not thread-safe.
final class Archive {
  /// The first that a ZIP can tell, by no zone's clock.
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  private final ZipOutputStream zip;
  private final List<String> sums = new ArrayList<>();

  Archive(OutputStream out) {
    this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
  }

  /// Writes an entry.
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  void put(String name, Content content) throws IOException {
    var entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    var digest = sha256();
    // Closing it would close the whole.
    var out = new DigestOutputStream(zip, digest);
    content.writeTo(out);
    out.flush();
    zip.closeEntry();
    sums.add(HexFormat.of().formatHex(digest.digest()) + "  " + name + "\n");
  }

  void put(String name, byte[] content) throws IOException {
    put(name, out -> out.write(content));
  }

  void put(String name, String content) throws IOException {
    put(name, content.getBytes(StandardCharsets.UTF_8));
  }

  /// Writes the sums, as `sha256sum --check` reads them, and ends.
  void end() throws IOException {
    put("SHA256SUMS", String.join("", sums));
    zip.finish();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
