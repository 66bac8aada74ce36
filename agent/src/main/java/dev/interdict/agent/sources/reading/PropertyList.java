package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads Apple's property lists, XML and binary: the texts in the dictionary at the top. What is
/// nested deeper is passed over, so a file can be as deep or as cyclic as it likes.
public final class PropertyList {
  private static final int MAX_BYTES = 1 << 20;

  private PropertyList() {}

  /// The values that are texts, by their keys; null where there is no such file.
  ///
  /// @throws UnreadableException if it is longer than 1 MiB or is no property list with a
  ///   dictionary at the top
  public static @Nullable Map<String, String> texts(Tree tree, BytePath file)
      throws UnreadableException {
    var bytes = tree.read(file, MAX_BYTES);
    if (bytes == null) {
      return null;
    }
    try {
      return BinaryPropertyList.is(bytes)
          ? new BinaryPropertyList(bytes).texts()
          : XmlPropertyList.texts(bytes);
    } catch (FormatException e) {
      throw Metadata.malformed(file, e.getMessage());
    }
  }

  /// Some bytes are no property list.
  static final class FormatException extends Exception {
    private static final long serialVersionUID = 1;
    private final String why;

    /// @param why in words of ours, without anything that the file holds
    FormatException(String why) {
      super(why);
      this.why = why;
    }

    @Override
    public String getMessage() {
      return why;
    }
  }
}
