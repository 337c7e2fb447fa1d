// The AWS SDK prints seven lines on Node 20 unless this is set before a client is made: import this file first.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true'
