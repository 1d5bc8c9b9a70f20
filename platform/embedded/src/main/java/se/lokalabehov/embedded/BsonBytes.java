package se.lokalabehov.embedded;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * Documents as bytes.
 */
final class BsonBytes {

	private BsonBytes() {
	}

	/** Encodes the document for as long as {@code use} runs. */
	static <T> T encoded(Document document, Function<ByteBuffer, T> use) {
		ByteBuf bytes = ByteBufAllocator.DEFAULT.directBuffer();
		try {
			BsonEncoder.encodeDocument(document, bytes);
			return use.apply(bytes.nioBuffer());
		}
		finally {
			bytes.release();
		}
	}

	static Document decode(ByteBuffer bytes) {
		return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bytes));
	}

	static int sizeOf(Document document) {
		return encoded(document, ByteBuffer::remaining);
	}

	/**
	 * How long a value is, about: its characters, and 16 for each value. Much cheaper
	 * than to encode it.
	 */
	static long characters(@Nullable Object value) {
		long count = 16;
		switch (value) {
			case Map<?, ?> fields -> {
				for (Map.Entry<?, ?> field : fields.entrySet()) {
					count += String.valueOf(field.getKey()).length();
					count += characters(field.getValue());
				}
			}
			case Collection<?> values -> {
				for (Object one : values) {
					count += characters(one);
				}
			}
			case CharSequence text -> count += text.length();
			case BinData data -> count += data.getData().length;
			case byte[] bytes -> count += bytes.length;
			case null, default -> {
			}
		}
		return count;
	}

}
