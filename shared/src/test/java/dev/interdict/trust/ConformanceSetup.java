package dev.interdict.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Leaves, at the end of compiling the tests, what `src/test/conformance/client` needs to start
/// [ConformanceClient]: the JDK that the build has found, and the class path.
public final class ConformanceSetup {
  private ConformanceSetup() {}

  /// @param args the file to write
  public static void main(String[] args) throws IOException {
    var file = Path.of(args[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.write(file, List.of(java, System.getProperty("java.class.path")));
  }
}
