package dev.interdict.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes MSIs by the real script from a small distribution.
///
/// @param folder to work in
record MsiWorkshop(Path folder) {
  static final Path SCRIPT = Path.of("src/windows/build.sh").toAbsolutePath();

  static void assumeTools() {
    assumeTrue(System.getProperty("interdict.procrun") != null, "procrun is fetched by mvn -Pdist");
    assumeTrue(
        Running.has("bash", "wixl", "msibuild", "msiinfo", "unzip"), "needs wixl and msitools");
  }

  /// @param runtime null for a package that asks for an installed Java
  Msi make(String version, @Nullable Path runtime, String name)
      throws IOException, InterruptedException {
    var out = folder.resolve(name);
    var line = new ArrayList<String>();
    line.addAll(List.of("bash", SCRIPT.toString(), distribution(version, name).toString()));
    line.add(folder.resolve(name + ".class-path").toString());
    line.add(System.getProperty("interdict.procrun"));
    line.addAll(List.of(out.toString(), version, "2026-11-21T00:00:00Z"));
    if (runtime != null) {
      line.add(runtime.toString());
    }
    var log = folder.resolve("log");
    var built = Running.of(log, Map.of("JAVA_HOME", System.getProperty("java.home")), line);
    assertEquals(0, built.code(), built.out());
    return new Msi(out.resolve("interdict-agent-" + version.split("-")[0] + "-x64.msi"), log);
  }

  /// A folder that looks like a Windows Java.
  Path runtime() throws IOException {
    var server = Files.createDirectories(folder.resolve("java/bin/server"));
    Files.writeString(server.resolve("jvm.dll"), "a library");
    Files.writeString(server.resolveSibling("javaw.exe"), "a program without a window");
    return folder.resolve("java");
  }

  private Path distribution(String version, String name) throws IOException {
    var lib = Files.createDirectories(folder.resolve(name + "-dist/lib"));
    Files.writeString(lib.resolve("interdict-agent-" + version + ".jar"), "the agent");
    var shared = Files.writeString(lib.resolve("interdict-shared.jar"), "what is shared");
    Files.writeString(folder.resolve(name + ".class-path"), shared + ":" + jna());
    return folder.resolve(name + "-dist");
  }

  /// The real one, for the library in it.
  static Path jna() throws IOException {
    try {
      return Path.of(
          Objects.requireNonNull(Native.class.getProtectionDomain().getCodeSource())
              .getLocation()
              .toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
