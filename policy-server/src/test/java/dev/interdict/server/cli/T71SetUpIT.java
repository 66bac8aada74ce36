package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.main.TestingServer;
import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 71: a server is set up on its own machine's command line and nowhere else, and once.
class T71SetUpIT {
  @TempDir Path folder;

  @Test
  void no_spelling_of_any_address_sets_a_server_up() throws IOException {
    try (var server = new TestingServer(folder)) {
      for (var path : spellings()) {
        for (var port : List.of(server.server.adminPort(), server.server.devicePort())) {
          for (var method : List.of("GET", "POST", "PUT")) {
            var answer =
                server.raw(
                    port,
                    method
                        + " "
                        + path
                        + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            var status = answer.substring(9, 12);
            // What can be written in two ways is let in in none of them.
            var plain = path.matches("(/[A-Za-z0-9]+)+/?");
            assertTrue(
                (plain ? List.of("401", "404", "405") : List.of("400")).contains(status),
                method + " " + path + ": " + status);
          }
        }
      }
      assertTrue(server.server.parts().accounts().list().isEmpty());
    }
  }

  private static List<String> spellings() {
    var all = new ArrayList<String>();
    for (var name : List.of("setup", "init", "install", "api/v1/setup", "api/v1/accounts")) {
      all.add("/" + name);
      all.add("//" + name);
      all.add("/" + name + "/");
      all.add("/" + name + "/.");
      all.add("/" + name + ";x=1");
      all.add("/;/" + name);
      all.add("/x/../" + name);
      all.add("/x/%2e%2e/" + name);
      all.add("/%2e/" + name);
      all.add("/%2f" + name);
      all.add("/" + name.toUpperCase(java.util.Locale.ROOT));
      all.add("/" + name.replace("s", "%73").replace("i", "%69"));
      all.add("/" + name + "%00");
      all.add("\\" + name);
    }
    return all;
  }

  @Test
  void a_folder_that_is_set_up_is_not_set_up_again() {
    var dir = folder.resolve("server").toString();
    var line = new ArrayList<>(List.of("init", dir));
    line.addAll(TestingDatabase.initOptions(Path.of(dir)));
    var first = Typed.server(line.toArray(String[]::new));
    assertEquals(0, first.code(), first::err);
    var again = Typed.server(line.toArray(String[]::new));
    assertEquals(6, again.code());
    // Said before anything is made, and not by the first file that stands in the way.
    assertTrue(again.err().contains("is set up already"), again::err);
  }
}
