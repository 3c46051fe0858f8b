// Starts Microsoft's Web Chat against this site's own Direct Line. Nothing secret is in the page: the token comes for the cookie.
(async () => {
  const settings = JSON.parse(document.getElementById('settings').textContent);
  const notice = document.getElementById('notice');
  const say = text => { notice.hidden = false; notice.textContent = text; };

  const styleOptions = {
    primaryFont: 'Ubuntu, Verdana, sans-serif',
    accent: '#0b3d91',
    subtle: '#4a5568',
    timestampColor: '#4a5568',
    backgroundColor: '#ffffff',
    bubbleBackground: '#eef2f9',
    bubbleBorderColor: '#d5dce8',
    bubbleBorderRadius: 14,
    bubbleTextColor: '#1b2430',
    bubbleFromUserBackground: '#0b3d91',
    bubbleFromUserBorderColor: '#0b3d91',
    bubbleFromUserBorderRadius: 14,
    bubbleFromUserTextColor: '#ffffff',
    bubbleMaxWidth: 560,
    paddingRegular: 12,
    sendAttachmentOn: 'attach',
    uploadMultiple: false,
    enableUploadThumbnail: false,
    uploadAccept: '.jpg,.jpeg,.png,.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv,.ics',
    markdownRenderHTML: false,
    sendBoxTextWrap: true,
    sendBoxHeight: 52,
    sendBoxTextColor: '#1b2430',
    sendBoxPlaceholderColor: '#4a5568',
    sendBoxButtonColor: '#0b3d91',
    sendBoxBorderTop: 'solid 1px #d5dce8',
    suggestedActionLayout: 'flow',
    suggestedActionsFlowMaxHeight: 'max(35vh, 8rem)',
    suggestedActionBackgroundColor: '#ffffff',
    suggestedActionBorderColor: '#0b3d91',
    suggestedActionBorderRadius: 20,
    suggestedActionBorderWidth: 1,
    suggestedActionTextColor: '#0b3d91',
    suggestedActionHeight: 40
  };

  // Web Chat only links to whole addresses; the server cannot know by which name it is reached.
  const wholeAddress = () => next => card => next({
    ...card,
    attachment: card.attachment.contentUrl
      ? { ...card.attachment, contentUrl: new URL(card.attachment.contentUrl, location).href }
      : card.attachment
  });

  // The paper clip is there while the bot's last word asks for a file.
  const noticeQuestionsForFiles = offer => () => next => action => {
    const activity = action.type === 'DIRECT_LINE/INCOMING_ACTIVITY' && action.payload.activity;
    if (activity && activity.type === 'message' && activity.from.role === 'bot') offer(Boolean(activity.channelData?.asksForFile));
    return next(action);
  };

  // A double press is one answer; its second half must not hit what the next question put in the same place either.
  const answerOnce = chat => {
    let pressed;
    chat.addEventListener('click', click => {
      const button = click.target.closest('.webchat__suggested-action');
      if (!button) return;
      if (click.detail > 1 || button === pressed) {
        click.preventDefault();
        click.stopImmediatePropagation();
      }
      pressed = button;
      setTimeout(() => { if (pressed === button) pressed = undefined; }, 500);
    }, true);
  };

  // To focus without a keyboard Web Chat makes the box read-only for a moment; two such moments that overlap would leave it so.
  const keepWritable = chat => new MutationObserver(changes => {
    for (const { target } of changes) {
      if (target.readOnly) setTimeout(() => target.removeAttribute('readonly'), 100);
    }
  }).observe(chat, { subtree: true, attributeFilter: ['readonly'] });

  // A token that ran out while the machine slept is beyond refreshing; the page starts anew, the history is kept.
  const restart = () => {
    const last = Number(sessionStorage.getItem('restarted') ?? 0);
    if (Date.now() - last < 60000) return say(settings.loadFailed);
    sessionStorage.setItem('restarted', Date.now());
    location.reload();
  };

  // On a phone the panel is a strip: who is chosen must not stand outside of it.
  document.querySelector('.panel [aria-pressed=true]')?.scrollIntoView({ inline: 'center', block: 'nearest' });

  try {
    const answer = await fetch('/v3/directline/tokens/generate', { method: 'POST' });
    if (answer.status === 401) return say(settings.cookiesNeeded);
    const { token } = await answer.json();
    const directLine = WebChat.createDirectLine({
      token,
      domain: location.origin + '/v3/directline',
      conversationStartProperties: { locale: settings.locale }
    });
    const EXPIRED_TOKEN = 3;
    directLine.connectionStatus$.subscribe(status => { if (status === EXPIRED_TOKEN) restart(); });
    notice.hidden = true;
    const chat = document.getElementById('webchat');
    answerOnce(chat);
    keepWritable(chat);
    let offered;
    const store = WebChat.createStore({}, noticeQuestionsForFiles(isAsked => { if (isAsked !== offered) render(isAsked); }));
    const render = isAskedForFile => WebChat.renderWebChat({
      directLine,
      store,
      userID: settings.visitor,
      locale: settings.locale,
      nonce: settings.nonce,
      overrideLocalizedStrings: settings.strings,
      sendTypingIndicator: false,
      attachmentMiddleware: wholeAddress,
      styleOptions: { ...styleOptions, hideUploadButton: !(offered = isAskedForFile) }
    }, chat);
    render(false);

    // A link such as /?start=event-17 leads to what it names, once.
    const link = new URLSearchParams(location.search).get('start');
    if (link) {
      history.replaceState(null, '', location.pathname);
      directLine.postActivity({ type: 'event', name: 'webchat/start', value: link, from: { id: settings.visitor } }).subscribe();
    }
  } catch {
    say(settings.loadFailed);
  }
})();
