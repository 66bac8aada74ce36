package dev.interdict.server.webhooks;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.store.Sealing;
import java.io.IOException;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// What is sealed of a webhook.
///
/// @param secret of our signature
/// @param chatSecret with which a chat service has messages signed; null for none
record Address(String url, String secret, @Nullable String chatSecret) {
  String text() {
    return JsonWriter.line(
        Json.object().put("url", url).put("secret", secret).put("chat", chatSecret).build());
  }

  static Address of(Webhook webhook, Sealing sealing) throws IOException {
    try {
      var text = sealing.open(webhook.sealed(), webhook.id());
      var fields = Fields.of(JsonReader.read(text, JsonLimits.OWN), new ArrayList<Fault>());
      return new Address(fields.text("url"), fields.text("secret"), fields.optionalText("chat"));
    } catch (Sealing.BrokenException e) {
      throw new IOException(e.getMessage(), e);
    } catch (JsonException e) {
      throw new IOException("webhook " + webhook.id() + " is not as it was written", e);
    }
  }

  @Override
  public String toString() {
    return "Address[]";
  }
}
