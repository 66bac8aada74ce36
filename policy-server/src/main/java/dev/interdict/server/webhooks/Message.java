package dev.interdict.server.webhooks;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.events.Event;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;

/// One event as it is sent to one webhook at one moment: signed anew each time, under the event's
/// id each time.
///
/// @param uri with the signature of a service that wants it there
record Message(URI uri, Map<String, String> headers, byte[] body) {

  static Message of(Webhook webhook, Address address, Event event, String link, Instant now) {
    var body = webhook.template().body(event, link, webhook.language());
    var uri = URI.create(address.url());
    var chat = address.chatSecret();
    if (chat != null && webhook.template() == Template.FEISHU) {
      body = feishu(body, chat, now);
    }
    if (chat != null && webhook.template() == Template.DINGTALK) {
      uri = dingtalk(address.url(), chat, now);
    }
    return new Message(
        uri,
        Map.of(
            "webhook-id",
            event.id(),
            "webhook-timestamp",
            Long.toString(now.getEpochSecond()),
            "webhook-signature",
            Signature.of(address.secret(), event.id(), now, body)),
        body);
  }

  /// Feishu signs nothing with the time and the secret as key.
  private static byte[] feishu(byte[] body, String secret, Instant now) {
    var time = Long.toString(now.getEpochSecond());
    var key = (time + "\n" + secret).getBytes(StandardCharsets.UTF_8);
    try {
      var members = ((Json.Obj) JsonReader.read(body, JsonLimits.OWN)).members();
      var signed =
          Json.object()
              .put("timestamp", time)
              .put("sign", Base64.getEncoder().encodeToString(Signature.hmac(key)));
      members.forEach(signed::put);
      return JsonWriter.compact(signed.build());
    } catch (JsonException e) {
      throw new IllegalStateException("our own message cannot be read", e);
    }
  }

  /// DingTalk signs the time, in the address.
  private static URI dingtalk(String url, String secret, Instant now) {
    var time = Long.toString(now.toEpochMilli());
    var text = (time + "\n" + secret).getBytes(StandardCharsets.UTF_8);
    var sign =
        Base64.getEncoder()
            .encodeToString(Signature.hmac(secret.getBytes(StandardCharsets.UTF_8), text));
    return URI.create(
        url
            + (url.contains("?") ? "&" : "?")
            + "timestamp="
            + time
            + "&sign="
            + URLEncoder.encode(sign, StandardCharsets.UTF_8));
  }
}
