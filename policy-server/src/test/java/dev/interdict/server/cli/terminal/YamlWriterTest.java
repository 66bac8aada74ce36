package dev.interdict.server.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class YamlWriterTest {
  private static Json json(String text) throws JsonException {
    return JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
  }

  @Test
  void it_is_read_by_people() throws Exception {
    assertEquals(
        """
        device: "0f3c"
        host: ws-17
        standing: active
        rules:
          - rule: claude-code
            states:
              - present
              - "no"
            due: "2026-07-10T00:00:00Z"
            error: null
          - rule: openclaw
            states: []
            left: {}
        count: 2
        complete: true
        """,
        YamlWriter.write(
            json(
                """
                {"device": "0f3c", "host": "ws-17", "standing": "active", "rules": [
                {"rule": "claude-code", "states": ["present", "no"],
                "due": "2026-07-10T00:00:00Z", "error": null},
                {"rule": "openclaw", "states": [], "left": {}}], "count": 2, "complete": true}
                """)));
  }

  /// Whatever a device may call itself.
  @Test
  void another_reader_reads_back_what_was_written() throws Exception {
    var texts =
        List.of(
            "",
            "yes",
            "Off",
            "~",
            "null",
            "1e3",
            "0x1f",
            "12:30:00",
            "- a",
            "a: b",
            "a #b",
            "#",
            "&a",
            "*a",
            "!!str",
            "%x",
            "'",
            "\"\\",
            " a ",
            "a\nb\r\n\tc",
            "研发部",
            "a\u0085b\u2028c\u007f\u0000\u009bd\ufeff",
            "😀",
            "---",
            "...",
            ".inf",
            "<<",
            "=");
    for (var text : texts) {
      for (var json :
          List.of(
              new Json.Text(text),
              new Json.Arr(
                  List.of(new Json.Text(text), new Json.Arr(List.of(new Json.Text(text))))),
              Json.object()
                  .put(text, text)
                  .put("below", Json.object().put(text, 1).build())
                  .build())) {
        var yaml = YamlWriter.write(json);
        assertEquals(
            plain(json), new Load(LoadSettings.builder().build()).loadFromString(yaml), yaml);
      }
    }
  }

  @Test
  void a_number_is_one_to_readers_of_either_version() {
    var written =
        Map.of(
            "1e5", "1.0e+5",
            "-2.50E3", "-2.50e+3",
            "1.5e-7", "1.5e-7",
            "1E+99999999999", "1.0e+99999999999",
            "0.1", "0.1",
            "100000000000000000000", "100000000000000000000");
    written.forEach((literal, yaml) ->
        assertEquals(
            "number: " + yaml + "\n",
            YamlWriter.write(Json.object().put("number", new Json.Decimal(literal)).build())));
    assertEquals(100_000.0, new Load(LoadSettings.builder().build()).loadFromString("1.0e+5"));
  }

  private static Object plain(Json json) {
    return switch (json) {
      case Json.Text(var text) -> text;
      case Json.Int(var number) -> (int) number;
      case Json.Arr(var items) -> items.stream().map(YamlWriterTest::plain).toList();
      case Json.Obj(var members) -> {
        var read = new LinkedHashMap<Object, Object>();
        members.forEach((name, value) -> read.put(name, plain(value)));
        yield read;
      }
      default -> throw new IllegalArgumentException(json.toString());
    };
  }
}
