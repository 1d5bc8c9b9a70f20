package se.lokalabehov.web;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * What the door says, in Swedish. All of it stands in {@code messages.properties};
 * another language is another such file.
 */
final class Messages {

	/** The file, as a resource bundle is named. */
	static final String BUNDLE = "se.lokalabehov.web.messages";

	private static final ResourceBundle TEXTS = ResourceBundle.getBundle(BUNDLE, Locale.ROOT);

	private Messages() {
	}

	static boolean has(String key) {
		return TEXTS.containsKey(key);
	}

	static String text(String key, Object... arguments) {
		String text = TEXTS.getString(key);
		return (arguments.length == 0) ? text : new MessageFormat(text, Locale.ROOT).format(arguments);
	}

}
