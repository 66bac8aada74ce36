package dev.interdict.support;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A support bundle: what was gathered, redacted as it comes in, so that nothing unredacted is ever
/// in it. Not thread-safe.
public final class Bundle {
  private static final int MOST_BYTES = 4 << 20;

  private final String program;
  private final Instant made;
  private final Redaction redaction;
  private final SequencedMap<String, byte[]> files = new LinkedHashMap<>();
  private final List<Json> missing = new ArrayList<>();

  /// @param program whose it is, with its version
  /// @param redaction knows the names of this machine
  public Bundle(String program, Instant made, Redaction redaction) {
    this.program = program;
    this.made = made;
    this.redaction = redaction;
  }

  /// Adds a text; of a long one the end, which is the newest of a log.
  public void text(String name, String content) {
    var from = Math.max(0, content.length() - MOST_BYTES);
    files.put(name, redaction.text(content.substring(from)).getBytes(StandardCharsets.UTF_8));
  }

  /// Adds a document.
  public void json(String name, Json content) {
    files.put(name, JsonWriter.pretty(redaction.json(content)));
  }

  /// Notes that something could not be had.
  public void missing(String name, String why) {
    missing.add(Json.object().put("file", name).put("why", redaction.text(why)).build());
  }

  /// Writes it, for its owner alone, with a manifest of what is in it.
  ///
  /// @throws java.nio.file.FileAlreadyExistsException rather than overwrite anything
  public void write(Path file) throws IOException {
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (var channel = Files.newByteChannel(file, options, ownersOnly(file));
        var zip = new ZipOutputStream(Channels.newOutputStream(channel), StandardCharsets.UTF_8)) {
      put(zip, zip, "manifest.json", JsonWriter.pretty(manifest()));
      for (var each : files.entrySet()) {
        put(zip, zip, each.getKey(), each.getValue());
      }
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (IOException | RuntimeException | Error e) {
      // Half of one would be taken for a whole one.
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private void put(ZipOutputStream zip, OutputStream out, String name, byte[] bytes)
      throws IOException {
    var entry = new ZipEntry(name);
    entry.setTime(made.toEpochMilli());
    zip.putNextEntry(entry);
    out.write(bytes);
    zip.closeEntry();
  }

  private static FileAttribute<?>[] ownersOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private Json manifest() {
    var taken = Json.object();
    for (var kind : Redaction.Kind.values()) {
      taken.put(
          kind.name().toLowerCase(Locale.ROOT),
          redaction.taken().getOrDefault(kind, 0).longValue());
    }
    return Json.object()
        .put("bundle", 1)
        .put("program", program)
        .put("made", made.toString())
        .put("files", files.entrySet().stream().map(Bundle::listed).toList())
        .put("not-had", missing)
        .put("taken-out", taken.build())
        .put("in-its-place", Json.texts(Redaction.places()))
        .put(
            "never-in-it",
            Json.texts(
                List.of(
                    "private keys",
                    "passwords and tokens",
                    "reports",
                    "what is in quarantine",
                    "files of users")))
        .build();
  }

  private static Json listed(Map.Entry<String, byte[]> file) {
    return Json.object().put("file", file.getKey()).put("bytes", file.getValue().length).build();
  }
}
