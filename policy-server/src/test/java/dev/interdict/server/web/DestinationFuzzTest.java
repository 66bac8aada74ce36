package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import java.net.URI;
import org.junit.jupiter.api.Test;

class DestinationFuzzTest {

  @Test
  void signing_in_never_leads_to_another_host() throws InterruptedException {
    Fuzz.of("destination")
        .seeds("/", "/devices?rule=claude-code&q=a%20b", "/rules/claude-code")
        .words("//", "/\\", "\\", "http:", "@", "\t", "\n", "#", "?")
        .run(input -> {
          var checked = Destination.checked(Fuzz.text(input));
          assertTrue(checked.startsWith("/") && !checked.startsWith("//"), checked);
          assertTrue(checked.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\'), checked);
          if (checked.matches("[/A-Za-z0-9?=&.-]*")) {
            var there = URI.create("https://console.example/").resolve(checked);
            assertEquals("console.example", there.getHost());
          }
        });
  }
}
