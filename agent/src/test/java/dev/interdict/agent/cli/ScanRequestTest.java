package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.agent.cli.ScanRequest.Output;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScanRequestTest {
  private static @Nullable ScanRequest plain(String arguments) {
    return ScanRequest.plain(arguments.isEmpty() ? List.of() : List.of(arguments.split(" ")));
  }

  @Test
  void plain_lines_are_read_without_the_library() {
    assertEquals(new ScanRequest(Path.of("/"), Output.TABLE, null, false, null), plain(""));
    assertEquals(
        new ScanRequest(Path.of("/r"), Output.FRAME, Path.of("m"), true, null),
        plain("--digests --root /r --output frame --memory m"));
  }

  /// The library reads, explains or refuses these; whoever reads them here must do the same.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "--rule rule.json",
        "--output",
        "--output xml",
        "--output TABLE",
        "--output=json",
        "--root --digests",
        "--root @file",
        "--digests --digests",
        "--root / --root /",
        "--root \u0000",
        "@file",
        "surplus"
      })
  void everything_else_is_left_to_the_library(String arguments) {
    assertNull(plain(arguments));
  }
}
