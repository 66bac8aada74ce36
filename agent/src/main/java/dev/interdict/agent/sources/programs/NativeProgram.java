package dev.interdict.agent.sources.programs;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.ByteBuffer;

/// Tells a native program from a script by the first bytes of the file: ELF, Mach-O for one
/// processor or several, and what Windows runs.
final class NativeProgram {
  private NativeProgram() {}

  /// @throws UnreadableException if the file is there and cannot be read
  static boolean is(Tree tree, BytePath file) throws UnreadableException {
    var head = tree.range(file, 0, 4);
    if (head == null || head.length < 4) {
      return false;
    }
    return (head[0] == 'M' && head[1] == 'Z')
        || switch (ByteBuffer.wrap(head).getInt()) {
          case 0x7f454c46, 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe -> true;
          default -> false;
        };
  }
}
