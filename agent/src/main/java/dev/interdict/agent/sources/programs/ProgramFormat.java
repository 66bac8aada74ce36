package dev.interdict.agent.sources.programs;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The formats of native programs, told by the first bytes of a file and never by its name: a
/// program called `claude.exe` may well be Linux's.
enum ProgramFormat {
  /// Linux and other Unix systems (System V ABI, ELF).
  ELF,
  /// macOS, for one processor.
  MACH_O,
  /// macOS, for several processors.
  UNIVERSAL,
  /// Windows.
  PE;

  private static final int ELF_MAGIC = 0x7f454c46;
  private static final int UNIVERSAL_MAGIC = 0xcafebabe;

  /// Compiled classes of Java begin like universal programs, followed by a version from 45 on.
  private static final int MOST_PROCESSORS = 40;

  private static final int HEAD = 64;
  private static final int PE_OFFSET = 0x3c;

  /// The format of that file, or null where it is no native program or no file.
  ///
  /// @throws UnreadableException if it is there and cannot be read
  static @Nullable ProgramFormat of(Tree tree, BytePath file) throws UnreadableException {
    var bytes = tree.range(file, 0, HEAD);
    if (bytes == null || bytes.length < 8) {
      return null;
    }
    var head = ByteBuffer.wrap(bytes);
    return switch (head.getInt(0)) {
      case ELF_MAGIC -> ELF;
      case 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe -> MACH_O;
      case UNIVERSAL_MAGIC ->
          head.getInt(4) > 0 && head.getInt(4) < MOST_PROCESSORS ? UNIVERSAL : null;
      default -> bytes.length == HEAD && head.getShort(0) == 0x4d5a ? pe(tree, file, head) : null;
    };
  }

  /// A program of DOS names the place of the program of Windows in it, if there is one.
  private static @Nullable ProgramFormat pe(Tree tree, BytePath file, ByteBuffer head)
      throws UnreadableException {
    var at = head.order(ByteOrder.LITTLE_ENDIAN).getInt(PE_OFFSET);
    var mark = at < HEAD ? null : tree.range(file, at, 4);
    return mark != null && mark.length == 4 && ByteBuffer.wrap(mark).getInt() == 0x50450000
        ? PE
        : null;
  }
}
