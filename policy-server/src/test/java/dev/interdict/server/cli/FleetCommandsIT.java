package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.cli.terminal.Exit;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `interdict fleet` and `interdict enrol`, typed.
class FleetCommandsIT {
  @TempDir Path temp;
  private String dir = "";

  @BeforeEach
  void set_up() {
    dir = temp.resolve("server").toString();
    SetUp.in(Path.of(dir));
  }

  private String list(String text) throws IOException {
    return Files.writeString(temp.resolve("devices.csv"), text).toString();
  }

  @Test
  void an_import_shows_its_plan_and_changes_nothing_until_it_is_told_to() throws IOException {
    var file = list("serial,hostname,colour\nPF111,ws-1,red\nPF222,ws-2,blue\n");
    var plan = Typed.admin("fleet", "import", file, "-d", dir);
    assertEquals(Exit.OK, plan.code(), plan::err);
    assertTrue(plan.out().contains("Added       2"), plan::out);
    assertTrue(plan.out().contains("Ignored     columns colour"), plan::out);
    assertTrue(status().contains("Expected    0,"));
    assertTrue(
        Typed.admin("fleet", "import", file, "-d", dir, "--apply").out().contains("Applied"));
    assertTrue(status().contains("Expected    2,"));
    assertTrue(status().contains("Absent      2 "));

    var less = list("serial\nPF111\n");
    var refused = Typed.admin("fleet", "import", less, "-d", dir, "--apply", "--retire-missing");
    assertEquals(Exit.REFUSED, refused.code());
    assertTrue(refused.err().contains("--yes-retire 1"), refused::err);
    var done =
        Typed.admin(
            "fleet", "import", less, "-d", dir, "--apply", "--retire-missing", "--yes-retire=1");
    assertEquals(Exit.OK, done.code(), done::err);
    assertTrue(status().contains("Expected    1,"));
    var json = Typed.admin("fleet", "import", less, "-d", dir, "--output", "json").out();
    assertTrue(json.contains("\"same\": 1"), json);
  }

  private String status() {
    return Typed.admin("fleet", "status", "-d", dir).out();
  }

  @Test
  void every_bad_line_is_named_and_then_nothing_is_applied() throws IOException {
    var file = list("serial,hostname\nPF111,ws-1\nPF111,ws-2\n\"PF3\"x,y\n");
    var refused = Typed.admin("fleet", "import", file, "-d", dir, "--apply");
    assertEquals(Exit.REFUSED, refused.code());
    assertTrue(refused.err().contains("line 3 has the serial \"PF111\" of line 2"), refused::err);
    assertTrue(refused.err().contains("line 4 has text after a closing quote"), refused::err);
    assertTrue(status().contains("Expected    0,"));
    assertEquals(Exit.FOUND, Typed.admin("fleet", "import", file, "-d", dir).code());
  }

  @Test
  void a_file_in_a_chinese_encoding_needs_its_encoding_said() throws IOException {
    var file =
        Files.write(
                temp.resolve("gb.csv"), "主机名,部门\nws-1,研发部\n".getBytes(Charset.forName("GB18030")))
            .toString();
    var refused = Typed.admin("fleet", "import", file, "-d", dir);
    assertEquals(Exit.REFUSED, refused.code());
    assertTrue(refused.err().contains("--encoding GB18030"), refused::err);
    var taken = Typed.admin("fleet", "import", file, "-d", dir, "--encoding=gb18030", "--apply");
    assertEquals(Exit.OK, taken.code(), taken::err);
    assertEquals(
        Exit.USAGE, Typed.admin("fleet", "import", file, "-d", dir, "--encoding=latin1").code());
  }

  @Test
  void a_workstation_is_retired_with_a_reason_and_returns() throws IOException {
    Typed.admin("fleet", "import", list("serial\nPF111\n"), "-d", dir, "--apply");
    assertEquals(Exit.USAGE, Typed.admin("fleet", "retire", "PF111", "-d", dir).code());
    var retired = Typed.admin("fleet", "retire", "PF111", "-d", dir, "--reason", "lost");
    assertEquals(Exit.OK, retired.code(), retired::err);
    assertEquals(
        Exit.REFUSED,
        Typed.admin("fleet", "retire", "PF111", "-d", dir, "--reason", "lost").code());
    assertTrue(status().contains("Retired     1;"));
    assertEquals(
        Exit.OK, Typed.admin("fleet", "return", "PF111", "-d", dir, "--reason", "found").code());
    assertTrue(status().contains("Expected    1,"));
  }

  @Test
  void what_does_not_exist_is_refused_in_one_line() {
    for (var words :
        new String[][] {
          {"enrol", "approve", "0123456789"},
          {"enrol", "refuse", "0123456789", "--reason", "x"},
          {"fleet", "bind", "0123456789", "PF111"}
        }) {
      var line = new java.util.ArrayList<>(java.util.List.of(words));
      line.addAll(java.util.List.of("-d", dir));
      var typed = Typed.admin(line.toArray(String[]::new));
      assertEquals(Exit.REFUSED, typed.code(), typed::err);
      assertEquals(1, typed.err().lines().count());
    }
    assertEquals(Exit.OK, Typed.admin("enrol", "queue", "-d", dir).code());
    assertEquals(Exit.OK, Typed.admin("fleet", "unmatched", "-d", dir).code());
  }

  @Test
  void tables_fit_a_terminal() throws IOException {
    Typed.server("token", "create", "-d", dir, "--approval", "--per-hour=10", "--tag=pilot");
    Typed.admin("fleet", "import", list("serial\nPF111\n"), "-d", dir, "--apply");
    for (var out :
        new String[] {
          Typed.server("token", "list", "-d", dir).out(),
          Typed.admin("enrol", "queue", "-d", dir).out(),
          Typed.admin("fleet", "unmatched", "-d", dir).out(),
          status()
        }) {
      out.lines().forEach(line -> assertTrue(line.length() <= 80, line));
    }
  }
}
