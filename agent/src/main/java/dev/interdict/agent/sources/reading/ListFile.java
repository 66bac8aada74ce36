package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// A file in which a package manager or an editor lists what it installed, as it was read: finds
/// what to cut out of it once something listed there is gone.
public final class ListFile {
  private final BytePath file;
  private final FileId id;
  private final byte[] content;
  private final String sha256;

  private ListFile(BytePath file, FileId id, byte[] content) {
    this.file = file;
    this.id = id;
    this.content = content;
    this.sha256 = sha256(content);
  }

  /// Reads it; null where there is no such regular file.
  ///
  /// @throws UnreadableException if it is longer than an amendment's file may be
  public static @Nullable ListFile read(Tree tree, BytePath file) throws UnreadableException {
    var fact = tree.stat(file);
    var bytes =
        fact == null || fact.kind() != FileKind.REGULAR
            ? null
            : tree.read(file, Math.min(Amendment.MOST_BYTES, JsonLimits.FOREIGN.bytes()));
    return fact == null || bytes == null ? null : new ListFile(file, fact.id(), bytes);
  }

  /// The whole document.
  ///
  /// @throws UnreadableException if the file is no JSON
  public Json json() throws UnreadableException {
    return Metadata.parsed(content, file, JsonLimits.FOREIGN);
  }

  /// The entries of a list, or the members of an object, in a JSON document.
  ///
  /// @param path members that lead to it, one within the other
  /// @throws UnreadableException if the file is no JSON
  public List<JsonEntries.Entry> entries(List<String> path) throws UnreadableException {
    json();
    try {
      return JsonEntries.of(content, path);
    } catch (JsonException e) {
      throw Metadata.malformed(file, String.valueOf(e.getMessage()));
    }
  }

  /// Without the members that are meant, of each of these objects in a JSON document; empty where
  /// there are none.
  ///
  /// @param objects names of members of the document that are objects
  /// @throws UnreadableException if the file is no JSON
  public List<Amendment> withoutMembers(List<String> objects, BiPredicate<String, Json> meant)
      throws UnreadableException {
    var cuts = new ArrayList<Amendment.Cut>();
    for (var object : objects) {
      for (var entry : entries(List.of(object))) {
        if (entry.name() != null && meant.test(entry.name(), entry.value())) {
          cuts.add(entry.cut());
        }
      }
    }
    return without(cuts);
  }

  /// Without the lines of a TOML document that give a value to this quoted key: one line, or those
  /// up to the one that closes a list. As `cargo` writes them.
  public List<Amendment> withoutKey(String key) {
    var text = new String(content, StandardCharsets.ISO_8859_1);
    var head =
        "\""
            + new String(key.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
            + "\" = [";
    var from = text.startsWith(head) ? 0 : text.indexOf("\n" + head) + 1;
    if (from == 0 && !text.startsWith(head)) {
      return List.of();
    }
    var close = text.indexOf(']', from + head.length());
    var end = close < 0 ? -1 : text.indexOf('\n', close);
    return end < 0 ? List.of() : without(List.of(new Amendment.Cut(from, end + 1, from, end + 1)));
  }

  /// Without these pieces; empty where there are none, or more than are cut at once.
  public List<Amendment> without(List<Amendment.Cut> cuts) {
    return cuts.isEmpty() || cuts.size() > Amendment.MOST_CUTS
        ? List.of()
        : List.of(new Amendment(file, id, sha256, cuts));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
