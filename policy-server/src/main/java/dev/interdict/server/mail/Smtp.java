package dev.interdict.server.mail;

import dev.interdict.server.store.Secrets;
import dev.interdict.wire.TrustedCa;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Date;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;

/// Hands mails to the company's server by SMTP, several on one connection. Used by one thread.
final class Smtp implements AutoCloseable {
  private static final String MILLIS = "20000";
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final MailSettings settings;
  private final Session session;
  private @Nullable Transport transport;

  /// @throws IOException if a file that the settings name cannot be read
  Smtp(MailSettings settings) throws IOException {
    this.settings = settings;
    var kind = settings.security();
    if (kind == MailSettings.Security.NONE
        && !InetAddress.getByName(settings.host()).isLoopbackAddress()) {
      throw new IOException("mail without TLS is for a server on a loopback address only");
    }
    var p = new Properties();
    p.setProperty("mail.transport.protocol", "smtp");
    p.setProperty("mail.smtp.host", settings.host());
    p.setProperty("mail.smtp.port", Integer.toString(settings.port()));
    p.setProperty("mail.smtp.auth", Boolean.toString(settings.user() != null));
    p.setProperty("mail.smtp.connectiontimeout", MILLIS);
    p.setProperty("mail.smtp.timeout", MILLIS);
    p.setProperty("mail.smtp.writetimeout", MILLIS);
    // This machine's name would otherwise be asked of a resolver.
    p.setProperty("mail.smtp.localhost", "interdict");
    p.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    p.setProperty("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    p.setProperty("mail.smtp.ssl.enable", Boolean.toString(kind == MailSettings.Security.TLS));
    if (kind == MailSettings.Security.STARTTLS) {
      p.setProperty("mail.smtp.starttls.enable", "true");
      p.setProperty("mail.smtp.starttls.required", "true");
    }
    p.put("mail.smtp.ssl.socketFactory", TrustedCa.of(settings.ca()).getSocketFactory());
    session = Session.getInstance(p);
  }

  /// The server refuses this mail and will refuse it again.
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// Returns once the server took it over.
  ///
  /// @throws IOException if it may be tried again
  /// @throws RefusedException if that is of no use
  void send(Mail mail) throws IOException, RefusedException {
    try {
      var message = message(mail);
      var open = open();
      open.sendMessage(message, message.getAllRecipients());
    } catch (SendFailedException e) {
      if (isForGood(e)) {
        throw new RefusedException("the server refuses the recipient", e);
      }
      throw new IOException("SMTP: " + e.getMessage(), e);
    } catch (MessagingException e) {
      close();
      throw new IOException("SMTP: " + e.getMessage(), e);
    }
  }

  /// Codes from 500 on are said for good; the others pass, such as those of a server that wants new
  /// senders to wait.
  private static boolean isForGood(SendFailedException failure) {
    for (Exception each = failure;
        each instanceof MessagingException now;
        each = now.getNextException()) {
      var code =
          switch (each) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSendFailedException send -> send.getReturnCode();
            default -> 0;
          };
      if (code >= 500) {
        return true;
      }
    }
    return false;
  }

  private Transport open() throws MessagingException, IOException {
    var open = transport;
    if (open == null || !open.isConnected()) {
      open = session.getTransport("smtp");
      open.connect(settings.host(), settings.port(), settings.user(), password());
      transport = open;
    }
    return open;
  }

  private @Nullable String password() throws IOException {
    var file = settings.passwordFile();
    return file == null ? null : Files.readString(file).strip();
  }

  private MimeMessage message(Mail mail) throws MessagingException {
    var id = Secrets.hash(mail.key()).substring(0, 40);
    var domain = settings.from().substring(settings.from().indexOf('@') + 1);
    var message = new Identified(session, "<" + id + "@" + domain + ">");
    message.setFrom(new InternetAddress(MailAddress.checked(settings.from()), true));
    message.setRecipient(
        Message.RecipientType.TO, new InternetAddress(MailAddress.checked(mail.recipient()), true));
    message.setSubject(mail.subject(), UTF_8);
    message.setSentDate(new Date());
    // No answer of an absent person is wanted.
    message.setHeader("Auto-Submitted", "auto-generated");
    var plain = new MimeBodyPart();
    plain.setText(mail.plain(), UTF_8, "plain");
    var html = new MimeBodyPart();
    html.setText(mail.html(), UTF_8, "html");
    message.setContent(new MimeMultipart("alternative", plain, html));
    message.saveChanges();
    return message;
  }

  /// Has the id that it was given: the same mail sent twice is one to who gets it.
  private static final class Identified extends MimeMessage {
    private final String id;

    Identified(Session session, String id) {
      super(session);
      this.id = id;
    }

    @Override
    protected void updateMessageID() throws MessagingException {
      setHeader("Message-ID", id);
    }
  }

  @Override
  public void close() {
    var open = transport;
    transport = null;
    if (open != null) {
      try {
        open.close();
      } catch (MessagingException e) {
        org.slf4j.LoggerFactory.getLogger(Smtp.class)
            .atDebug()
            .setCause(e)
            .log("a connection did not close cleanly");
      }
    }
  }
}
