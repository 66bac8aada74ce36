package dev.interdict.agent.sources.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.sources.Workstation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BinSourceTest {
  private static final byte[] ELF = head(0x7f454c46);
  private static final String TOOL = "pkg:golang/example.com/ada/tool@v1.2.3#cmd/tool";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new BinSource());
  }

  private void program(String path, byte[] content) throws Exception {
    station.planting.file(path, content);
    if (root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(
          root.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static byte[] head(int magic) {
    return ByteBuffer.allocate(128).putInt(magic).array();
  }

  @Test
  void program_is_known_by_its_place() throws Exception {
    program(Workstation.HOME + ".local/bin/rg", ELF);
    var item = seen().items().getFirst();
    assertEquals(List.of(".local/bin/rg@null"), Workstation.texts(seen()));
    assertEquals(List.of("/home/ada/.local/bin/rg"), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(List.of("/home/ada/.local/bin/rg"), Workstation.parts(item, Part.Role.EXECUTABLE));
  }

  @Test
  void program_of_linux_may_be_called_exe() throws Exception {
    program(Workstation.HOME + "bin/claude.exe", ELF);
    assertEquals(List.of("bin/claude.exe@null"), Workstation.texts(seen()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7f454c46, 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe})
  void every_format_is_a_program(int magic) throws Exception {
    program("usr/local/bin/x", head(magic));
    assertEquals(List.of("/usr/local/bin/x@null"), Workstation.texts(seen()));
  }

  @Test
  void program_of_windows_is_told_from_one_of_dos() throws Exception {
    var dos = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    dos.putShort(0, (short) 0x5a4d).putInt(0x3c, 128);
    program(Workstation.HOME + "AppData/Local/Programs/x/dos.exe", dos.array().clone());
    dos.putInt(128, 0x4550);
    station.planting.file(Workstation.HOME + "AppData/Local/Programs/x/x.exe", dos.array());
    assertEquals(List.of("AppData/Local/Programs/x/x.exe@null"), Workstation.texts(seen()));
  }

  @Test
  void universal_program_is_told_from_a_class_of_java() throws Exception {
    program("opt/x/bin/class", ByteBuffer.allocate(128).putInt(0xcafebabe).putInt(69).array());
    program("opt/x/bin/mac", ByteBuffer.allocate(128).putInt(0xcafebabe).putInt(2).array());
    assertEquals(List.of("/opt/x/bin/mac@null"), Workstation.texts(seen()));
  }

  @Test
  void scripts_links_and_what_may_not_be_executed_are_no_programs() throws Exception {
    program(
        Workstation.HOME + "bin/script", "#!/bin/sh\n".repeat(20).getBytes(StandardCharsets.UTF_8));
    program(Workstation.HOME + "bin/short", new byte[] {0x7f, 'E', 'L', 'F'});
    station.planting.file(Workstation.HOME + "bin/data", ELF);
    station.planting.link(Workstation.HOME + "bin/link", "/usr/bin/x");
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void program_that_cargo_recorded_is_left_to_cargo() throws Exception {
    station.planting.file(
        Workstation.HOME + ".cargo/.crates2.json",
        "{\"installs\": {\"x 1.0.0 (path+file:///x)\": {\"bins\": [\"x\"]}}}");
    program(Workstation.HOME + ".cargo/bin/x", ELF);
    program(Workstation.HOME + ".cargo/bin/loose", ELF);
    assertEquals(List.of(".cargo/bin/loose@null"), Workstation.texts(seen()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linux-amd64",
        "linux-amd64-stripped",
        "linux-386",
        "linux-s390x",
        "darwin-arm64",
        "windows-amd64"
      })
  void program_of_go_names_its_module(String captured) throws Exception {
    program(Workstation.HOME + "go/bin/renamed", SparseProgram.captured(captured));
    assertEquals(List.of("go/bin/renamed@null", TOOL), Workstation.texts(seen()));
    var item = seen().items().getLast();
    assertEquals("go", item.source());
    assertEquals("v1.2.3", item.version());
    assertEquals(List.of("/home/ada/go/bin/renamed"), Workstation.parts(item, Part.Role.MAIN));
  }

  @Test
  void universal_program_of_go_names_its_module() throws Exception {
    var thin = SparseProgram.captured("darwin-arm64");
    var fat = ByteBuffer.allocate(0x4000 + thin.length);
    fat.putInt(0xcafebabe).putInt(1).putInt(0x0100000c).putInt(0).putInt(0x4000);
    fat.putInt(thin.length).putInt(14).put(0x4000, thin);
    program("usr/local/bin/x", fat.array());
    assertEquals(List.of("/usr/local/bin/x@null", TOOL), Workstation.texts(seen()));
  }

  @Test
  void program_of_an_old_go_points_to_its_module() throws Exception {
    program("usr/local/bin/x", withPointers(0x400000, "v0.1.0"));
    assertEquals(
        List.of("/usr/local/bin/x@null", "pkg:golang/example.com/x@v0.1.0"),
        Workstation.texts(seen()));
  }

  @Test
  void pointers_that_lead_nowhere_name_no_module() throws Exception {
    program("usr/local/bin/x", withPointers(0x900000, "v0.1.0"));
    assertEquals(List.of("/usr/local/bin/x@null"), Workstation.texts(seen()));
  }

  @Test
  void version_of_a_program_built_in_a_folder_is_none() throws Exception {
    program("usr/local/bin/x", withPointers(0x400000, "(devel)"));
    assertEquals(
        List.of("/usr/local/bin/x@null", "pkg:golang/example.com/x"), Workstation.texts(seen()));
  }

  /// A program for Linux in the form that Go up to 1.17 wrote: one writable segment, without names,
  /// that begins with the mark and two addresses.
  ///
  /// @param base what the addresses in it start from; it is loaded at 0x400000
  private static byte[] withPointers(long base, String version) {
    var text = "path\texample.com/x\nmod\texample.com/x\t%s\t\n".formatted(version);
    var framed = "f".repeat(16) + text + "f".repeat(16);
    var out = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1});
    out.putLong(32, 64).putShort(54, (short) 56).putShort(56, (short) 1);
    out.putInt(64, 1).putInt(68, 6).putLong(72, 256).putLong(80, 0x400000).putLong(96, 768);
    out.put(256, "\u00ff Go buildinf:".getBytes(StandardCharsets.ISO_8859_1));
    out.put(270, new byte[] {8, 0});
    out.putLong(272, base + 64).putLong(280, base + 80);
    out.putLong(336, base + 128).putLong(344, framed.length());
    out.put(384, framed.getBytes(StandardCharsets.US_ASCII));
    return out.array();
  }
}
