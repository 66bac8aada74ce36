package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.state.Uplink;
import dev.interdict.support.Redaction;
import dev.interdict.support.Unpacked;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// Recognisable secrets and names go in wherever there is room for them; none may come out.
class SupportBundleTest {
  @TempDir Path folder;

  private String run(Path state, Path to) {
    var text = new StringWriter();
    var line = new CommandLine(new SupportBundleCommand()).setOut(new PrintWriter(text, true));
    var code = line.execute("--state", state.toString(), "--output", to.toString(), "--lang", "en");
    assertEquals(0, code, text::toString);
    return text.toString();
  }

  @Test
  void nothing_that_is_secret_or_somebodys_is_in_it() throws Exception {
    var state = StateDirectory.open(folder.resolve("state"));
    var enrolment =
        Enrolment.create(URI.create("https://policy.canary-company.internal:8460/"))
            .in(new TreeSet<>(Set.of("canary-group")));
    enrolment.save(state);
    new Uplink(null, "canaryproxy.canary-company.internal:3128").save(state);
    Files.createDirectories(state.quarantine().resolve("home-of-canaryperson"));
    Files.writeString(state.quarantine().resolve("home-of-canaryperson/holiday"), "x");
    var status =
        """
        {"serial":7,"server-reached":true,"scanned":true,"gaps":0,"age":"current",
         "rules":[{"id":"claude-code","enforcement":"remove","verdict":{"kind":"waiting"},
           "findings":[{"source":"npm","user":"canaryperson","location":"/home/canaryperson/x",
             "key":"k"}],
           "answers":[{"text":"canary-reason of canaryperson"}],
           "told":[{"channel":"desktop"}]}]}
        """;
    var doctor =
        """
        {"checks":[{"name":"last-error","ok":false,"detail":
          "no answer from https://policy.canary-company.internal:8460 for /home/canaryperson by canary.person@canary-company.com token=canarytoken1 10.99.88.77"}]}
        """;
    try (var guard =
        new FakeGuard(state.path(), Map.of("status", status, "doctor", doctor), "{}")) {
      run(state.path(), folder.resolve("bundle.zip"));
    }
    var entries = Unpacked.of(folder.resolve("bundle.zip"));
    assertTrue(
        entries
            .keySet()
            .containsAll(
                List.of(
                    "manifest.json",
                    "version.json",
                    "doctor.json",
                    "status.json",
                    "settings.json",
                    "files.txt")),
        entries.keySet()::toString);
    assertTrue(Objects.requireNonNull(entries.get("status.json")).contains("claude-code"));
    assertTrue(
        Objects.requireNonNull(entries.get("doctor.json"))
            .contains("no answer from https://host-"));
    assertTrue(Objects.requireNonNull(entries.get("files.txt")).contains("enrolment.json"));
    var key = Base64.getEncoder().encodeToString(enrolment.key().getEncoded());
    for (var secret :
        List.of(
            "canary",
            "holiday",
            "10.99.88.77",
            enrolment.device().value(),
            enrolment.publicKey(),
            key.substring(0, 20))) {
      entries.forEach((name, text) -> assertFalse(text.contains(secret), name + ": " + secret));
    }
  }

  @Test
  void without_a_guard_it_says_what_is_not_in_it() throws Exception {
    var state = StateDirectory.open(folder.resolve("state"));
    run(state.path(), folder.resolve("bundle.zip"));
    var entries = Unpacked.of(folder.resolve("bundle.zip"));
    assertTrue(
        Objects.requireNonNull(entries.get("manifest.json")).contains("status.json"),
        entries::toString);
    assertTrue(
        Objects.requireNonNull(entries.get("settings.json")).contains("\"enrolled\": false"),
        entries::toString);
  }

  @Test
  void accounts_of_people_are_known_with_their_full_names() throws Exception {
    var passwd =
        Files.writeString(
            folder.resolve("passwd"),
            """
            root:x:0:0:root:/root:/bin/bash
            daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
            zhao.lei:x:1000:1000:Zhao Lei,Room 4,,:/home/zhao.lei:/bin/bash
            damaged
            """);
    var names = new ArrayList<>(People.accounts(passwd));
    names.removeIf(String::isEmpty);
    assertEquals(List.of("zhao.lei", "Zhao Lei", "Room 4"), names);
    var redaction = new Redaction();
    names.forEach(name -> redaction.name(Redaction.Kind.USER, name));
    assertEquals("user-1, user-2", redaction.text("zhao.lei, Zhao Lei"));
  }
}
