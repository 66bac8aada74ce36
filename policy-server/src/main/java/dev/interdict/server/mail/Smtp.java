package dev.interdict.server.mail;

import dev.interdict.identity.Printable;
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
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/// Hands mails to the company's server by SMTP, several on one connection. Used by one thread.
final class Smtp implements AutoCloseable {
  private static final String MILLIS = "20000";
  private static final int CLOSING = 421;
  private static final int MOST_WORDS = 300;
  private static final String UTF_8 = StandardCharsets.UTF_8.name();

  private final MailSettings settings;
  private final Session session;
  private @Nullable Transport transport;

  /// The password in the forms in which it is sent.
  private List<String> secrets = List.of();

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

  /// No mail leaves by this server until it is asked again, whomever it is to.
  static final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1;

    UnreachableException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /// Returns once the server took it over, with what it said to that.
  ///
  /// @throws UnreachableException if the same awaits every other mail
  /// @throws IOException if it may be tried again
  /// @throws RefusedException if that is of no use
  String send(Mail mail) throws IOException, RefusedException {
    var open = reached();
    try {
      var message = message(mail);
      open.sendMessage(message, message.getAllRecipients());
      return open instanceof SMTPTransport smtp
          ? told(String.valueOf(smtp.getLastServerResponse()))
          : "";
    } catch (SendFailedException e) {
      if (isForGood(e)) {
        throw new RefusedException("the server refuses it: " + words(e), e);
      }
      if (isAboutEveryMail(e)) {
        close();
        throw new UnreachableException("SMTP: " + words(e), e);
      }
      throw new IOException("SMTP: " + words(e), e);
    } catch (MessagingException e) {
      // It may be this mail that the server cannot bear: with the next one it is seen.
      close();
      throw new IOException("SMTP: " + words(e), e);
    }
  }

  private Transport reached() throws UnreachableException {
    try {
      return open();
    } catch (MessagingException e) {
      close();
      throw new UnreachableException("SMTP: " + words(e), e);
    } catch (IOException e) {
      throw new UnreachableException("the password of mail cannot be read: " + e, e);
    }
  }

  /// What the server said, or what went wrong on the way to it: the library's own words and those
  /// of what is at the bottom, in one line.
  private String words(MessagingException failure) {
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    var told = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
    return told(
        deepest == failure || failure instanceof SendFailedException
            ? told
            : failure.getMessage() + ": " + told);
  }

  /// In one line, and without the password, should a server repeat what it was sent.
  private String told(String text) {
    var shown = text;
    for (var secret : secrets) {
      shown = shown.replace(secret, "***");
    }
    return Printable.of(shown.strip(), MOST_WORDS);
  }

  /// Codes from 500 on are said for good; the others pass, such as those of a server that wants new
  /// senders to wait. What is said of the sender is about our settings, which somebody mends: no
  /// mail is lost by them.
  private static boolean isForGood(SendFailedException failure) {
    for (Exception each = failure;
        each instanceof MessagingException now;
        each = now.getNextException()) {
      var code =
          switch (each) {
            case SMTPAddressFailedException address -> address.getReturnCode();
            case SMTPSendFailedException send when !isAboutSender(send) -> send.getReturnCode();
            default -> 0;
          };
      if (code >= 500) {
        return true;
      }
    }
    return false;
  }

  /// Whether the next mail would fare no better: the sender is refused, or the server closes (RFC
  /// 5321, 3.8). Of a recipient or a content it is another matter with the next, such as where a
  /// server wants those who write to somebody for the first time to wait.
  private static boolean isAboutEveryMail(SendFailedException failure) {
    for (Exception each = failure;
        each instanceof MessagingException now;
        each = now.getNextException()) {
      if (each instanceof SMTPSendFailedException send
          && (isAboutSender(send) || send.getReturnCode() == CLOSING)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAboutSender(SMTPSendFailedException failure) {
    return failure.getCommand().startsWith("MAIL");
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
    if (file == null) {
      return null;
    }
    var password = Files.readString(file).strip();
    secrets =
        password.isEmpty()
            ? List.of()
            : List.of(
                base64(settings.user() + "\0" + settings.user() + "\0" + password),
                base64("\0" + settings.user() + "\0" + password),
                base64(password),
                password);
    return password;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
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
