package se.lokalabehov.embedded;

import java.nio.ByteBuffer;
import java.util.function.Function;

import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;

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

}
