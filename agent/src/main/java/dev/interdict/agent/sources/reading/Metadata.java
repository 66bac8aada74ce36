package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the JSON records of other programs as data: bounded, and hostile until proven harmless. No
/// error quotes what the file holds.
public final class Metadata {
  private static final int MAX_VERSION = 256;

  private Metadata() {}

  /// The object in that file, or null where there is no such file.
  ///
  /// @throws UnreadableException if it is longer than 1 MiB, is no JSON, or no object
  public static Json.@Nullable Obj object(Tree tree, BytePath file) throws UnreadableException {
    return json(tree, file) instanceof Json json
        ? json instanceof Json.Obj object ? object : refuse(file, "is no JSON object")
        : null;
  }

  /// The object in that file with those of its members only, or null where there is no such file:
  /// for records that say far more than is asked.
  ///
  /// @throws UnreadableException as [#object]
  public static Json.@Nullable Obj members(Tree tree, BytePath file, Set<String> members)
      throws UnreadableException {
    var bytes = tree.read(file, JsonLimits.FOREIGN.bytes());
    if (bytes == null) {
      return null;
    }
    try {
      return JsonReader.members(bytes, JsonLimits.FOREIGN, members);
    } catch (JsonException e) {
      return refuse(file, String.valueOf(e.getMessage()));
    }
  }

  /// The value in that file, or null where there is no such file.
  ///
  /// @throws UnreadableException if it is longer than 1 MiB or is no JSON
  public static @Nullable Json json(Tree tree, BytePath file) throws UnreadableException {
    return json(tree, file, JsonLimits.FOREIGN);
  }

  /// The object in `bytes`, which stand in `file` or inside it.
  ///
  /// @throws UnreadableException if they are no JSON, or no object
  public static Json.Obj object(BytePath file, byte[] bytes) throws UnreadableException {
    return parsed(bytes, file, JsonLimits.FOREIGN) instanceof Json.Obj object
        ? object
        : refuse(file, "is no JSON object");
  }

  /// The same within other limits, for programs whose one file holds everything.
  public static @Nullable Json json(Tree tree, BytePath file, JsonLimits limits)
      throws UnreadableException {
    var bytes = tree.read(file, limits.bytes());
    return bytes == null ? null : parsed(bytes, file, limits);
  }

  /// The value in a record that was read already.
  ///
  /// @param file named in errors
  /// @throws UnreadableException if it is no JSON within the limits
  public static Json parsed(byte[] record, BytePath file, JsonLimits limits)
      throws UnreadableException {
    try {
      return JsonReader.read(record, limits);
    } catch (JsonException e) {
      return refuse(file, String.valueOf(e.getMessage()));
    }
  }

  /// The string member of that name, or null where there is none or it is something else.
  public static @Nullable String text(Json.Obj object, String member) {
    return object.get(member) instanceof Json.Text(var text) ? text : null;
  }

  /// Whether that is a version that may be compared and shown: printable ASCII without a space, of
  /// bounded length.
  public static boolean plainVersion(@Nullable String version) {
    return version != null
        && !version.isEmpty()
        && version.length() <= MAX_VERSION
        && version.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /// The error of a record that is not what its format says.
  public static UnreadableException malformed(BytePath file, String why) {
    return new UnreadableException(UnreadableException.Reason.MALFORMED, file, why);
  }

  private static <T> T refuse(BytePath file, String why) throws UnreadableException {
    throw malformed(file, why);
  }
}
