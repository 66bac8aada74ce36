package dev.interdict.agent.platform.linux.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class NoticeFlagsTest {
  private static final Instant MORNING = Instant.parse("2026-07-09T00:00:00Z");

  @TempDir Path folder;

  @Test
  void there_is_a_flag_for_exactly_those_who_are_to_be_told() throws IOException {
    var flags = new NoticeFlags(folder.resolve("notices"));
    flags.keep(Map.of(1000, MORNING, -2, MORNING));
    assertEquals(List.of("1000", "4294967294"), names(flags));
    flags.keep(Map.of(1001, MORNING));
    assertEquals(List.of("1001"), names(flags));
    flags.keep(Map.of());
    assertEquals(List.of(), names(flags));
  }

  @Test
  void a_flag_is_as_old_as_what_is_to_be_told() throws IOException {
    var flags = new NoticeFlags(folder.resolve("notices"));
    var flag = flags.folder().resolve("1000");
    flags.keep(Map.of(1000, MORNING));
    assertEquals(MORNING, Files.getLastModifiedTime(flag).toInstant());
    flags.keep(Map.of(1000, MORNING.plusSeconds(3600)));
    assertEquals(MORNING.plusSeconds(3600), Files.getLastModifiedTime(flag).toInstant());
    assertEquals(0, Files.size(flag));
  }

  @Test
  void everybody_may_look_and_nobody_else_may_write() throws IOException {
    var flags = new NoticeFlags(folder.resolve("notices"));
    flags.keep(Map.of());
    assertEquals(
        "rwxr-xr-x", PosixFilePermissions.toString(Files.getPosixFilePermissions(flags.folder())));
  }

  private static List<String> names(NoticeFlags flags) throws IOException {
    try (var files = Files.list(flags.folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
    }
  }
}
