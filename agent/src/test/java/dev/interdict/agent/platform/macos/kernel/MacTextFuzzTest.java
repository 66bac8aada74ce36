package dev.interdict.agent.platform.macos.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Trouble;
import dev.interdict.fuzz.Fuzz;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the kernel of macOS says, as it is laid out in its headers; none of it needs a Mac.
class MacTextFuzzTest {

  @Test
  void a_stat_is_read_from_its_places() {
    var stat = ByteBuffer.allocate(MacStat.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    stat.putInt(0, 16777220).putShort(4, (short) 0104755).putShort(6, (short) 2);
    stat.putLong(8, 1L << 40).putInt(16, 501).putLong(96, 99);
    var node = MacStat.read(stat.array());
    assertEquals(FileKind.REGULAR, node.kind());
    assertEquals(new FileId(16777220, 1L << 40), node.id());
    assertEquals("501", node.owner());
    assertEquals(04755, node.mode());
    assertEquals(2, node.links());
    assertEquals(99, node.size());
  }

  @Test
  void a_signal_names_the_version_of_a_process_s_number() {
    var bsd = ByteBuffer.allocate(ProcessInfo.BSD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bsd.putInt(12, 77).putInt(16, 1).putInt(20, 501).putLong(120, 2).putLong(128, 3);
    bsd.put(48, "claude".getBytes(StandardCharsets.US_ASCII));
    var unique = ByteBuffer.allocate(ProcessInfo.UNIQUE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    unique.putInt(32, 1234);
    var info = ProcessInfo.read(bsd.array(), unique.array());
    assertEquals(new ProcessInfo(77, 1, 501, 2_000_003, "claude", 1234), info);
    assertEquals("[0, 0, 0, 0, 0, 77, 0, 1234]", Arrays.toString(info.auditToken()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a/b", "a\0b"})
  void a_name_that_is_more_than_one_component_is_never_opened(String name) {
    var refused =
        assertThrows(
            DiskException.class, () -> MacKernel.name(name.getBytes(StandardCharsets.UTF_8)));
    assertEquals(Trouble.UNSUPPORTED, refused.trouble());
  }

  @Test
  void paths_of_processes() throws InterruptedException {
    Fuzz.of("macos-process-path")
        .seeds("/Users/ada/claude", "/Applications/Claude.app/Contents/MacOS/Claude")
        .words("..", "/./", "\0", "//")
        .run(MacPrograms::bytePath);
  }
}
