package dev.interdict.server.cli.setup;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFuzzTest {
  @TempDir Path path;

  @Test
  void a_start_is_refused_in_one_line() throws Exception {
    var folder = new ServerFolder(path);
    Files.createDirectories(folder.settings().getParent());
    var text = Settings.text("IT of 'us'", "https://policy.example.com/", "");
    Fuzz.of("settings")
        .seeds(text, text + "tls: {store: server.p12, password-file: server.p12.password}\n")
        .words("PT0S", "P1D", "tls:", "- ", "65536")
        .refuses(IOException.class, Failure.class)
        .run(input -> {
          Files.write(folder.settings(), input);
          Settings.read(folder);
        });
  }
}
