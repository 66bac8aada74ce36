package dev.interdict.agent.sources.programs;

import dev.interdict.agent.sources.SourceFuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What any program may hold that somebody puts into a folder of programs.
@DisabledOnOs(OS.WINDOWS)
class ProgramsFuzzTest {
  private static final String PLACE = "home/ada/bin/x";

  @TempDir Path root;

  @Test
  void headers_of_programs() throws Exception {
    for (var captured : new String[] {"linux-386", "darwin-arm64", "windows-amd64"}) {
      var fuzz = SourceFuzz.below(root);
      var seed = SparseProgram.captured(captured);
      fuzz.station().planting.file(PLACE, seed);
      Files.setPosixFilePermissions(
          root.resolve(PLACE), PosixFilePermissions.fromString("rwxr-xr-x"));
      fuzz.scans("program-" + captured, new BinSource(), PLACE, seed);
    }
  }
}
