"""Addresses of this room, below its partnership."""

from locality_web.voice.channels import urls as channels
from locality_web.voice.conversations import urls as conversations
from locality_web.voice.engagement import urls as engagement
from locality_web.voice.informed import urls as informed
from locality_web.voice.sense import urls as sense
from locality_web.voice.votes import urls as votes

app_name = "voice"
urlpatterns = [
    *conversations.urlpatterns,
    *channels.urlpatterns,
    *votes.urlpatterns,
    *sense.urlpatterns,
    *engagement.urlpatterns,
    *informed.urlpatterns,
]
