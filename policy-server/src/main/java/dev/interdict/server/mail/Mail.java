package dev.interdict.server.mail;

/// One mail to one person.
///
/// @param key of what it is about and to whom; the same again is the same mail
/// @param plain the text
/// @param html the same for programs that show it, as a whole document
record Mail(String key, String recipient, String subject, String plain, String html) {}
